"""Landings that are nearly right, as careless providers write them."""

import time

import pytest

from clover.behaviour import load_behaviour
from clover.outcome import Outcome
from tests.clover.checkouts import OTHER_SESSION, SESSION, Checkout, landed

BASE = "https://merchant.example/r1/done"
SID = "{CHECKOUT_SESSION_ID}"
ERR = "{ERROR_CODE}"
CODE = "card_declined"


def success(tail: str, *, behaviour: str = "substitute") -> Checkout:
    """A checkout that ends with success on a URL with this tail."""
    switches = load_behaviour("documented", placeholders=behaviour)
    return Checkout({Outcome.SUCCESS: BASE + tail}, behaviour=switches)


def failure(tail: str) -> Checkout:
    """A checkout that ends with a decline on a URL with this tail."""
    return Checkout({Outcome.FAILURE: BASE + tail}, outcome=Outcome.FAILURE)


@pytest.mark.parametrize(
    ("configured", "came", "clauses"),
    [
        ("?a=1&b=2", "?a=1?b=2", ["keeps-query"]),
        ("?a=1&b=2", "?a=1;b=2", ["keeps-query"]),
        ("?a=1&b=2", "?a=1%26b=2", ["keeps-query"]),
        ("?a=1&b=2", "?a=1&b=2&", ["keeps-query"]),
        ("?a=1&b=2", "?&a=1&b=2", ["keeps-query"]),
        ("?a=1&b=2", "?a=2&b=1", ["keeps-query"]),
        ("?a=1&b=2", "?b=2&a=1", ["keeps-query"]),
        ("?a=1&b=2", "?a=1&b=2&A=1", ["no-extra-params"]),
        ("?a=1&b=2", "?a=1&b=2&a=3", ["no-extra-params"]),
        ("?a=1&b=2", "?a=1&b=2&a=1", ["keeps-query"]),
        ("?a=1", "?a=2&a=2", ["keeps-query", "no-extra-params"]),
        ("?a=1&b=2", "?A=1&b=2", ["keeps-query", "no-extra-params"]),
        ("?a=1&b=2", "?a=1#b=2", ["keeps-query", "keeps-fragment"]),
        ("?a=1#b=2", "?a=1&b=2", ["keeps-fragment", "no-extra-params"]),
        ("?a=1#top", "?a=1%23top", ["keeps-query", "keeps-fragment"]),
        ("#top?a=1", "?a=1#top", ["keeps-fragment", "no-extra-params"]),
        ("?a=1&a=1", "?a=1", ["keeps-query"]),
        ("?a=1", "?", ["keeps-query"]),
        ("?a=1", "", ["keeps-query"]),
        ("?", "", ["keeps-query"]),
        ("", "?", ["keeps-query"]),
        ("?#top", "#top", ["keeps-query"]),
        ("?a=%2f", "?a=%2F", ["keeps-query"]),
        ("?a=%2F", "?a=/", ["keeps-query"]),
        ("?a=%2520", "?a=%20", ["keeps-query"]),
        ("?a=%20", "?a=%2520", ["keeps-query"]),
        ("?a=%20", "?a=+", ["keeps-query"]),
        ("?a=+", "?a=%2B", ["keeps-query"]),
        ("?a=%C3%A9", "?a=%E9", ["keeps-query"]),
        ("?a=%C3%A9", "?a=%C3%83%C2%A9", ["keeps-query"]),
        ("?a=1", "?%61=1", ["keeps-query"]),
        ("?a[]=1", "?a%5B%5D=1", ["keeps-query"]),
        ("#top", "#Top", ["keeps-fragment"]),
        ("#top", "#top#top", ["keeps-fragment"]),
        ("", "#_=_", ["keeps-fragment"]),
        ("/a%2Fb", "/a/b", ["same-path"]),
        ("/a%2Fb", "/a%2fb", ["same-path"]),
        ("/a%20b", "/a+b", ["same-path"]),
        ("/a//b", "/a/b", ["same-path"]),
        ("/a", "/a;jsessionid=1", ["same-path"]),
        ("/a", "/a.html", ["same-path"]),
    ],
)
def test_own_part_has_to_come_as_configured(configured: str, came: str, clauses: list[str]) -> None:
    """What the merchant wrote arrives as it wrote it, in the part in which it wrote it."""
    assert success(configured).landing(BASE + configured) == []
    assert success(configured).landing(BASE + came) == clauses


@pytest.mark.parametrize("came", ["#", ""])
@pytest.mark.parametrize("configured", ["#", ""])
def test_lone_hash_makes_no_difference(configured: str, came: str) -> None:
    """No script on the landing page can tell an empty fragment from none."""
    assert success(configured).landing(BASE + came) == []


@pytest.mark.parametrize(
    "came",
    [
        OTHER_SESSION,
        SESSION.upper(),
        SESSION.replace("-", ""),
        SESSION[:-1],
        f"{SESSION}0",
        f"{{{SESSION}}}",
        f"%7B{SESSION}%7D",
        SESSION.replace("-", "%2D"),
        f"{SESSION}{SESSION}",
        "",
        "null",
        "undefined",
    ],
)
@pytest.mark.parametrize("tail", [f"?s={SID}", f"/{SID}", f"#{SID}", f"?{SID}=1", f"?a=1&s={SID}x"])
def test_session_id_is_this_sessions_letter_by_letter(tail: str, came: str) -> None:
    """Another case, grouping, encoding or length of the id is another id."""
    assert success(tail).landing(BASE + tail.replace(SID, SESSION)) == []
    assert success(tail).landing(BASE + tail.replace(SID, came)) == ["session-id"]


@pytest.mark.parametrize(
    "came", ["", "500", "CARD_DECLINED", "Card%20declined", "card_declined%20"]
)
@pytest.mark.parametrize("tail", [f"?e={ERR}", f"/{ERR}/help", f"#{ERR}", f"?e={ERR}&s={SID}"])
def test_error_code_is_the_documented_word(tail: str, came: str) -> None:
    """A number, a sentence or nothing in the place of the code breaks its clause alone."""
    known = tail.replace(SID, SESSION)

    assert failure(tail).landing(BASE + known.replace(ERR, CODE)) == []
    assert failure(tail).landing(BASE + known.replace(ERR, came)) == ["error-code"]


@pytest.mark.parametrize(
    ("tail", "came", "clauses"),
    [
        (f"?s={SID}&e={ERR}", f"?s={CODE}&e={SESSION}", ["session-id", "error-code"]),
        (f"?x={SID}{ERR}", f"?x={CODE}{SESSION}", ["session-id", "error-code"]),
        (f"?x={SID}{ERR}", f"?x={OTHER_SESSION}{CODE}", ["session-id"]),
        (f"?x={SID}{ERR}", f"?x={SESSION}expired_card", ["error-code"]),
        (f"?x={SID}{ERR}", f"?x={SESSION}", ["error-code"]),
        (f"?x={SID}{ERR}", f"?x={CODE}", ["session-id"]),
        (f"?x={SID}{ERR}", f"?x={SID}{CODE}", ["no-literal-placeholder"]),
        (f"?x={ERR}{SID}", f"?x={CODE}{OTHER_SESSION}", ["session-id"]),
        (f"?x={SID}-{ERR}", f"?x={OTHER_SESSION}-{CODE}", ["session-id"]),
        (f"?x={SID}-{ERR}", f"?x={SESSION}-x-y", ["error-code"]),
        (f"?x={SID}{SID}{ERR}", f"?x={SESSION}{OTHER_SESSION}{CODE}", ["session-id"]),
        (f"?x={SID}{SID}/{ERR}", f"?x={SESSION}{OTHER_SESSION}/x", ["session-id", "error-code"]),
        (f"?x={SID}{ERR}/{ERR}", f"?x={OTHER_SESSION}{CODE}/x", ["session-id", "error-code"]),
        (f"/{SID}/{ERR}", f"/{OTHER_SESSION}/x", ["session-id", "error-code"]),
        (f"?x={SID}{ERR}", f"?x={SID}{ERR}", ["no-literal-placeholder"]),
        (f"?x={SID}{ERR}", f"?x={SID}x", ["no-literal-placeholder"]),
        (f"?x={SID}/{ERR}", f"?x={OTHER_SESSION}/{ERR}", ["session-id", "no-literal-placeholder"]),
        (f"?x={SID}/{ERR}", "?x=/", ["session-id", "error-code"]),
        (f"/{SID}/{ERR}", f"/{SESSION}/{CODE}/", ["same-path"]),
        (f"/{SID}", f"/{SESSION}/", ["same-path"]),
        (f"?a=x{SID}y", f"?a=x{SESSION}z", ["keeps-query"]),
        (f"?a=x{SID}y", f"?a=x{OTHER_SESSION}z", ["session-id"]),
        (f"?s={SID}", f"?id={SESSION}", ["session-id", "no-extra-params"]),
        (f"?s={SID}&t={SID}", f"?s={SESSION}&t={SID}", ["no-literal-placeholder"]),
        (f"?s={SID}&s={SID}", f"?s={SESSION}&s={OTHER_SESSION}", ["session-id"]),
        (f"?s={SID}&s={SID}", f"?s={SESSION}", ["session-id"]),
        (f"?s={SID}&e={ERR}", f"?s={SESSION}", ["error-code"]),
        (f"?s={SID}&a=1", f"?a=1&s={SESSION}", ["keeps-query"]),
        (f"?s={SID}", f"?s={SESSION}&s={SESSION}", ["keeps-query"]),
        (f"?s={SID}", f"?s={SESSION}&t={SID}", ["no-literal-placeholder", "no-extra-params"]),
        (f"?{SID}&a=1", f"?{OTHER_SESSION}&a=2", ["keeps-query", "session-id"]),
    ],
)  # fmt: skip
def test_placeholders_side_by_side_are_told_apart(tail: str, came: str, clauses: list[str]) -> None:
    """The wrong placeholder alone is blamed, even where nothing stands between two."""
    right = tail.replace(SID, SESSION).replace(ERR, CODE)

    assert failure(tail).landing(BASE + right) == []
    assert failure(tail).landing(BASE + came) == clauses


@pytest.mark.parametrize(
    ("tail", "came", "clauses"),
    [
        (f"?x={SID}{ERR}", f"?x={SESSION}anything", []),
        (f"?x={ERR}{SID}", f"?x=anything{SESSION}", []),
        (f"?x={ERR}{SID}", f"?x=anything{OTHER_SESSION}", ["session-id"]),
        (f"?x={SID}{ERR}", f"?x={OTHER_SESSION}", ["session-id"]),
        (f"?x={ERR}&x=1", "?x=1&x=", ["keeps-query"]),
        (f"?x={ERR}&x=1", "?x=&x=1", []),
        (f"?x={ERR}&x=1", "?x=&x=1&x=2", ["no-extra-params"]),
        (f"?x={ERR}&x=1", "?x=1", ["error-code"]),
        (f"/{ERR}/a", "/none/a", []),
        (f"/{ERR}/a", "//a", []),
        (f"/{ERR}/a", "/x/y/a", ["same-path"]),
        (f"?e={ERR}&s={SID}", f"?e={ERR}&s={SESSION}", []),
        (f"?e={ERR}&s={SID}", f"?e={ERR}&s={SID}", ["no-literal-placeholder"]),
        (f"#{ERR}", "#x/y", []),
    ],
)
def test_unknown_value_is_any_and_stays_in_its_place(
    tail: str, came: str, clauses: list[str]
) -> None:
    """What nobody knows may be anything, and excuses nothing around it."""
    assert success(tail).landing(BASE + came) == clauses


@pytest.mark.parametrize(
    ("tail", "came", "clauses"),
    [
        (f"?s={SID}", f"?s={SID}", []),
        (f"?s={SID}", "?s=%7BCHECKOUT_SESSION_ID%7D", ["keeps-query"]),
        (f"?s={SID}", f"?s={SID}&t={SID}", ["no-extra-params"]),
        (f"#{SID}", "#%7BCHECKOUT_SESSION_ID%7D", ["keeps-fragment"]),
        (f"/{SID}", "/%7BCHECKOUT_SESSION_ID%7D", []),
        (f"/{SID}", "/%257BCHECKOUT_SESSION_ID%257D", ["same-path"]),
        (f"?s={SID}", f"?s={SESSION}", ["session-id"]),
        (f"?s={SID}", "?s=", ["session-id"]),
        (f"?s={SID}&e={ERR}", f"?s={ERR}&e={SID}", ["keeps-query"]),
    ],
)
def test_verbatim_placeholder_is_the_merchants_own_text(
    tail: str, came: str, clauses: list[str]
) -> None:
    """Where nothing is substituted, a placeholder is text like any other."""
    assert success(tail, behaviour="verbatim").landing(BASE + came) == clauses


@pytest.mark.parametrize(
    ("tail", "came", "clauses"),
    [
        (f"?s={SID}", "?s=", []),
        (f"?{SID}", "?", []),
        (f"?{SID}", "", ["session-id"]),
        (f"/{SID}/x", "//x", []),
        (f"?s={SID}", f"?s={SESSION}", ["session-id"]),
        (f"?s={SID}", f"?s={SID}", ["no-literal-placeholder"]),
        (f"?s={SID}", "?s", ["keeps-query"]),
    ],
)
def test_blanked_placeholder_leaves_nothing(tail: str, came: str, clauses: list[str]) -> None:
    """Where placeholders are blanked, neither a value nor the placeholder arrives."""
    assert success(tail, behaviour="blank").landing(BASE + came) == clauses


def test_placeholder_in_the_host_is_filled_in_lower_case() -> None:
    """A session's id may be a sub-domain, which browsers write in lower case."""
    checkout = Checkout({Outcome.SUCCESS: f"https://{SID}.merchant.example/"})
    verbatim = Checkout(checkout.request, behaviour=load_behaviour("measured"))

    assert checkout.landing(f"https://{SESSION}.merchant.example/") == []
    assert checkout.landing(f"https://{OTHER_SESSION}.merchant.example/") == ["session-id"]
    assert verbatim.landing("https://{checkout_session_id}.merchant.example/") == []


@pytest.mark.parametrize(
    ("configured", "came", "clauses"),
    [
        ("https://merchant.example/", "https://me@merchant.example/", ["same-origin"]),
        ("https://merchant.example/", "https://:pw@merchant.example/", ["same-origin"]),
        ("https://me:pw@merchant.example/", "https://me:pw@merchant.example/", []),
        ("https://me:pw@merchant.example/", "https://merchant.example/", []),
        ("https://me:pw@merchant.example/", "https://me@merchant.example/", ["same-origin"]),
        ("https://merchant.example:8443/", "https://merchant.example/", ["same-origin"]),
        ("https://merchant.example/", "https://merchant.example:443/", []),
        ("https://merchant.example/", "https://evil.example/", ["same-origin"]),
        ("https://merchant.example/", "https://merchant.example.evil.example/", ["same-origin"]),
    ],
)
def test_origin_is_the_configured_one(configured: str, came: str, clauses: list[str]) -> None:
    """Host and port are compared whole; nobody adds a user name."""
    assert Checkout({Outcome.SUCCESS: configured}).landing(came) == clauses


def test_violation_shows_both_sides_of_its_part() -> None:
    """A violation quotes the part as promised and as it came, or says that there was nothing."""
    checkout = success(f"/a?x=1&s={SID}&e={ERR}#top")

    found = checkout.broken(landed(f"{BASE}/b?x=2&s={OTHER_SESSION}&e=1&&y=3"))

    assert [(v.clause, v.expected, v.came, v.detail) for v in found] == [
        ("same-path", "/r1/done/a", "/r1/done/b", ""),
        ("keeps-query", "x=1", "x=2", ""),
        ("keeps-query", "nothing more", "an empty piece", ""),
        ("keeps-fragment", "top", "nothing", ""),
        ("session-id", f"s={SESSION}", f"s={OTHER_SESSION}", ""),
        ("no-extra-params", "nothing more", "y=3", ""),
    ]


def test_part_that_was_not_promised_is_told_from_nothing() -> None:
    """Where nothing was promised, the verdict says so."""
    [violation] = success("").broken(landed(f"{BASE}#x"))

    assert (violation.expected, violation.came) == ("nothing", "x")


def test_literal_placeholder_is_told_once_and_quoted() -> None:
    """What its part shows already is not told again; what no part shows is told of the URL."""
    raw = f"{BASE}?s={SID}"
    right = f"{BASE}?s={SESSION}"
    checkout = success(f"?s={SID}")

    [in_its_part] = checkout.broken(landed(raw))
    uninvited, _ = checkout.broken(landed(f"{right}&t={SID}"))

    assert (in_its_part.expected, in_its_part.came) == (f"s={SESSION}", f"s={SID}")
    assert (uninvited.expected, uninvited.came) == (right, f"{right}&t={SID}")


def test_lost_and_reordered_pieces_are_quoted() -> None:
    """What did not come is named; a changed order is shown whole."""
    checkout = success(f"?a=1&&s={SID}")
    swapped = checkout.broken(landed(f"{BASE}?&a=1&s={SESSION}"))
    lost = checkout.broken(landed(f"{BASE}?x"))
    origin = checkout.broken(landed(f"https://me@x.example:1/r1/done?a=1&&s={SESSION}"))

    assert [(v.clause, v.expected, v.came, v.detail) for v in swapped] == [
        ("keeps-query", f"a=1&&s={SESSION}", f"&a=1&s={SESSION}", "reordered")
    ]
    assert [(v.expected, v.came) for v in lost] == [
        ("a=1", "nothing"),
        ("an empty piece", "nothing"),
        (f"s={SESSION}", "nothing"),
        ("nothing more", "x"),
    ]
    assert [(v.expected, v.came) for v in origin] == [
        ("https://merchant.example", "https://x.example:1"),
        ("no user name", "me"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"p{n}={n}" for n in range(1000)),
        "a=" + "x" * 8000,
        "&".join(f"s{n}={SID}" for n in range(300)),
        "&a" * 1000,
    ],
    ids=["parameters", "one value", "placeholders", "ampersands"],
)
@pytest.mark.parametrize("spoil", ["reversed", "renamed", "emptied", "right"])
def test_long_url_is_judged_in_milliseconds(query: str, spoil: str) -> None:
    """8,000 characters, however wrong, cost 20 ms; a busy machine is granted 100."""
    checkout = success(f"?{query}")
    came = {
        "reversed": "&".join(reversed(query.split("&"))),
        "renamed": query.replace("=", "x="),
        "emptied": "",
        "right": query,
    }[spoil].replace(SID, SESSION)
    story = landed(f"{BASE}?{came}")

    def spent_s() -> float:
        began = time.process_time()
        checkout.broken(story)
        return time.process_time() - began

    assert min(spent_s() for _ in range(3)) < 0.1
