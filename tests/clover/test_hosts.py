"""Which hosts may be talked to."""

import pytest

from clover.hosts import AddressProblem, api_base, is_loopback, is_production, read_address


@pytest.mark.parametrize(
    "url",
    [
        "https://api.clover.com",
        "https://www.clover.com",
        "https://api.eu.clover.com",
        "https://api.la.clover.com",
        "https://clover.com",
        "https://checkout.clover.com",
        "https://scl.clover.com",
        "https://API.Clover.COM",
        "https://api.clover.com.",
        "https://api.clover.com:443",
        "https://api.clover.com:8443/v1",
        "https://sandbox@api.clover.com",
        "https://apisandbox.dev.clover.com@api.clover.com",
        "https://apisandbox.dev.clover.com:x@www.clover.com",
        r"https://api.clover.com\@apisandbox.dev.clover.com",
        r"https:\\api.clover.com",
        "https:/api.clover.com",
        " https://api.clover.com",
        "https://api.clo\tver.com",
        "https://api%2Eclover%2Ecom",
        "https://api。clover。com",
        "https://ａｐｉ.clover.com",
        "https://api.clo\u00adver.com",
        "http://api.clover.com",
        "https://dev.clover.com.clover.com",
        "https://xdev.clover.com",
    ],
)
def test_production_is_refused_however_it_is_written(url: str) -> None:
    """No way of writing a production host hides it."""
    with pytest.raises(AddressProblem, match="production"):
        read_address(url, name="CLOVER_API_URL")


@pytest.mark.parametrize(
    "host",
    [
        "apisandbox.dev.clover.com",
        "sandbox.dev.clover.com",
        "dev.clover.com",
        "clover.com.example",
        "notclover.com",
        "xn--clver-mqa.com",
    ],
)
def test_other_hosts_are_not_production(host: str) -> None:
    """The sandbox, and names that only look like Clover's, are not production."""
    assert not is_production(host)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080",
        "http://LOCALHOST.:8080",
        "http://api.localhost",
        "http://127.0.0.1:1",
        "http://127.9.8.7",
        "http://2130706433",
        "http://127.1",
        "http://[::1]:8080",
    ],
)
def test_plain_http_is_taken_on_this_machine(url: str) -> None:
    """Loopback addresses and names may be spoken to without TLS."""
    assert read_address(url, name="X").protocol == "http:"


@pytest.mark.parametrize(
    "url",
    [
        "http://apisandbox.dev.clover.com",
        "http://localhost.example",
        "http://notlocalhost",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://[::2]",
        "http://10.0.0.1",
    ],
)
def test_plain_http_to_another_machine_is_refused(url: str) -> None:
    """Everything else has to be HTTPS."""
    with pytest.raises(AddressProblem, match="plain HTTP"):
        read_address(url, name="X")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("a.b.localhost", True),
        ("localhost.", True),
        ("a.localhost.", True),
        ("LOCALHOST", True),
        ("127.9.9.9", True),
        ("127.0.0.1.", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("128.0.0.1", False),
        ("[::2]", False),
        ("localhost.example", False),
        ("", False),
        ("apilocalhost", False),
    ],
)
def test_loopback_is_this_machine_alone(host: str, expected: bool) -> None:
    """Localhost, names below it and the addresses of RFC 1122 and 4291 are this machine."""
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "not a URL"),
        ("apisandbox.dev.clover.com", "beginning with https://"),
        ("https://", "not a URL"),
        ("https://a b/", "not a URL"),
        ("ftp://apisandbox.dev.clover.com", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("https://me:secret@sandbox.dev.clover.com", "user name or password"),
    ],
)
def test_what_is_no_address_is_one_sentence(url: str, words: str) -> None:
    """A text that nobody can talk to is refused, with the name it came under."""
    with pytest.raises(AddressProblem, match=words) as caught:
        read_address(url, name="CLOVER_API_URL")

    assert "CLOVER_API_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://apisandbox.dev.clover.com", "https://apisandbox.dev.clover.com"),
        ("https://APIsandbox.dev.clover.com:443/", "https://apisandbox.dev.clover.com"),
        ("http://localhost:8080/clover/", "http://localhost:8080/clover"),
    ],
)
def test_api_base_is_written_in_one_way(text: str, base: str) -> None:
    """However it is written, the base has no default port and no slash at its end."""
    assert api_base(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "https://sandbox.example/invoicingcheckoutservice/v1/checkouts",
        "https://sandbox.example/?a=1",
        "https://sandbox.example/#a",
    ],
)
def test_api_base_is_no_more_than_a_base(text: str) -> None:
    """The whole address of the call, a query or a fragment is refused, with what to leave out."""
    with pytest.raises(AddressProblem, match="leave out"):
        api_base(text)
