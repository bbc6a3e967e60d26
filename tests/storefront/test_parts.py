"""A shop under test: recognition of Clover's page, the request, the books, and the process."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from clover.behaviour import load_behaviour
from clover.models import CheckoutSession
from records.outcome import Outcome
from suite.cases.shop_tables import OrderExpectation
from suite.merchant import Checkout
from suite.storefront import after_landing
from suite.storefront.hosted_session import session_id_of
from suite.storefront.problems import ShopDown, ShopRequestBug
from suite.storefront.request_check import check_request, check_total
from suite.storefront.shop_process import CA_NAMES, ShopProcess
from suite.targets.target import Account

ID = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"
LANDING = "https://shop.example/{lang}/thanks?order={order}&id={CHECKOUT_SESSION_ID}&x={*}"
SENT = "https://shop.example/fr/thanks?order=7&id={CHECKOUT_SESSION_ID}&x=9"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"https://sandbox.dev.clover.com/pay-checkout/{ID}?mode=checkout", ID),
        (f"https://checkout.example/c/{ID}?mode=checkout", ID),
        (f"https://checkout.example/checkout/{ID.upper()}", ID.upper()),
        (f"https://shop.example/thanks?session_id={ID}", ""),
        (f"https://shop.example/orders/{ID}", ""),
        ("https://shop.example/checkout/basket", ""),
        ("about:blank", ""),
    ],
)
def test_hosted_page_is_known_by_its_address(url: str, found: str) -> None:
    """Clover's page has the session in its path, and says that it is a checkout."""
    assert session_id_of(url) == found


def checkout(url: str | None, **switches: Any) -> Checkout:
    """A checkout whose shop has sent this success URL."""
    return Checkout(
        target=SimpleNamespace(),  # type: ignore[arg-type]
        behaviour=load_behaviour("documented", **switches),
        session=CheckoutSession(session_id=ID, href="https://checkout.example/"),
        urls={Outcome.SUCCESS: url} if url else {},
        dashboard={},
        hosts=frozenset(),
    )


def test_request_that_fits_its_pattern_names_the_order() -> None:
    """The values that only the shop knows are learnt from its request."""
    values = check_request(checkout(SENT), Outcome.SUCCESS, LANDING, ())

    assert values == {"{lang}": "fr", "{order}": "7", "{*}": "9"}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (None, "The shop's request has no redirect URL for success."),
        ("thanks", "The success URL of the request is thanks, no URL."),
        (SENT.replace("https", "http"), "same-origin: expected https://shop.example"),
        (SENT.replace("thanks", "thank-you"), "same-path: expected"),
        (
            SENT.replace("{CHECKOUT_SESSION_ID}", ID),
            "session-id: expected id={CHECKOUT_SESSION_ID}",
        ),
        (SENT.replace("{", "%7B").replace("}", "%7D"), "expected id={CHECKOUT_SESSION_ID}, came"),
        (SENT + "&more=1", "no-extra-params: expected nothing more, came more=1"),
        (SENT.replace("/fr/", "/fr/") + "#en", "keeps-fragment: expected nothing, came en"),
        (SENT.replace("order=7&", ""), "keeps-query: expected order=…, came nothing"),
    ],
)
def test_request_that_differs_from_its_pattern_is_the_shops_bug(url: str | None, said: str) -> None:
    """Each difference is named, and so are the findings of the integration check."""
    with pytest.raises(ShopRequestBug) as caught:
        check_request(checkout(url), Outcome.SUCCESS, LANDING, ["redirectUrl: is ignored"])

    assert said in str(caught.value)
    assert "redirectUrl: is ignored" in str(caught.value)


def test_name_with_two_values_is_a_difference() -> None:
    """A name stands for one value wherever it occurs; {*} for any each time."""
    pattern = "https://shop.example/{order}?order={order}&a={*}&b={*}"
    sent = "https://shop.example/7?order=8&a=1&b=2"

    with pytest.raises(ShopRequestBug, match="is 7 in one place and 8 in another") as caught:
        check_request(checkout(sent), Outcome.SUCCESS, pattern, ())

    assert "{*}" not in str(caught.value).partition("sent")[2]


@pytest.mark.parametrize(("shown", "right"), [("23.80", True), ("23.8", True), ("", False)])
def test_total_is_compared_as_an_amount(shown: str, right: bool) -> None:
    """The Pay button's amount must be the shop's total; no amount is a difference."""
    page: Any = SimpleNamespace(total=shown)
    if right:
        check_total(page, "23.80")
        return
    with pytest.raises(ShopRequestBug, match="asks for no amount, and the"):
        check_total(page, "23.80")


BOOKS = {"status": "paid", "payments": [{"id": 1}], "payment": {"captured": True}, "count": 1}


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"status": "paid", "payment.captured": True, "payments.length": 1}, ""),
        ({"payments.0.id": 1}, ""),
        ({"status": "open"}, 'have status = "paid" where the case expects "open"'),
        ({"payment.captured": 1}, "have payment.captured = true where the case expects 1"),
        ({"payments.1.id": 1}, "lack payments.1.id where the case expects 1"),
        ({"refund": None}, "lack refund where the case expects null"),
    ],
)
def test_books_are_compared_value_by_value(expected: dict[str, Any], said: str) -> None:
    """Values are equal in type too; a path that is not there is named."""
    response: Any = SimpleNamespace(status=200, body=lambda: json.dumps(BOOKS).encode())
    wanted = OrderExpectation.model_validate({"url": "https://x.example", "json": expected})

    assert after_landing._order_problem(response, wanted) == said


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ({"status": 404}, "answer with status 404 where the case expects 200"),
        ({"status": 200, "body": lambda: b"<p>"}, "answer with text/html, which is no JSON"),
    ],
)
def test_books_that_are_no_json_are_named(response: dict[str, Any], said: str) -> None:
    """Another status or another type is said as such."""
    headers = {"content-type": "text/html"}
    wanted = OrderExpectation.model_validate({"url": "https://x.example", "json": {"a": 1}})

    answer: Any = SimpleNamespace(headers=headers, **response)
    assert after_landing._order_problem(answer, wanted) == said


SERVER = (
    "import http.server, json, os, subprocess, sys;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print(json.dumps([child.pid, {n: v for n, v in os.environ.items() if n[:6] == 'CLOVER'"
    " or v == 'ca.pem'}]), flush=True);"
    "http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])),"
    " http.server.SimpleHTTPRequestHandler).serve_forever()"
)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A shop's folder with a server in it."""
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    return tmp_path


def test_shop_gets_the_providers_settings_and_stops_with_its_children(
    script: Path, port: int
) -> None:
    """The command has the credentials and the authority; nothing of it survives."""
    account = Account("M1", "secret", "https://api.example", Path("ca.pem"), webhook_secret="sign")
    command = f"python3 server.py {port}"

    shop = ShopProcess.start(command, script, account, f"http://127.0.0.1:{port}/")
    child, environ = json.loads(shop.tail().splitlines()[0])
    alive = psutil.pid_exists(child)
    shop.stop()

    assert alive
    assert not psutil.pid_exists(child)
    assert environ == {
        "CLOVER_API_URL": "https://api.example",
        "CLOVER_MERCHANT_ID": "M1",
        "CLOVER_PRIVATE_TOKEN": "secret",
        "CLOVER_WEBHOOK_SECRET": "sign",
        **dict.fromkeys(CA_NAMES, "ca.pem"),
    }


def test_command_that_ends_is_named_with_what_it_printed(tmp_path: Path, port: int) -> None:
    """A shop that does not start is an error with the exit code and the output."""
    with pytest.raises(ShopDown) as caught:
        ShopProcess.start("echo no database; exit 3", tmp_path, None, f"http://127.0.0.1:{port}/")

    assert "ended with exit code 3 before the shop answered" in str(caught.value)
    assert "no database" in str(caught.value)


def test_address_in_use_is_named(script: Path, port: int) -> None:
    """A second shop on one address is not started."""
    url = f"http://127.0.0.1:{port}/"
    shop = ShopProcess.start(f"python3 server.py {port}", script, None, url)
    try:
        with pytest.raises(ShopDown, match="Something answers at"):
            ShopProcess.start(f"python3 server.py {port}", script, None, url)
    finally:
        shop.stop()
