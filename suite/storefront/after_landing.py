"""What the shop shows and books once the shopper is back."""

import json
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from playwright.sync_api import Error, Page, Response

from clover.address import parse, parse_or_none
from clover.template import Template, parse_template
from clover.url_comparison import compare
from pages.shop import ShopPage, shows
from records.observation import Hop
from suite.cases.shop_tables import OrderExpectation, PageExpectation
from suite.storefront.problems import ShopDown, ShopOrderBug, ShopPageBug

#: Pause between two looks at the shop's books, milliseconds.
_PAUSE_MS = 200
_SHOWN_CHARACTERS = 300


def fill_slots(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their names in braces."""
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def fits(pattern: str, url: str) -> bool:
    """Whether a URL is one of those that a pattern stands for."""
    address = parse_or_none(url)
    return address is not None and not list(compare(_final(pattern), address))


def _final(pattern: str) -> Template:
    return parse_template(pattern, {}, has_slots=True)


def check_texts(
    page: Page, texts: Sequence[str], not_texts: Sequence[str], *, within_s: float
) -> None:
    """Wait for all texts, and look for those that must not be there.

    Raises:
        ShopPageBug: one is missing, or must not be there.
    """
    shop_page = ShopPage(page, within_s=within_s)
    missing = shop_page.wait_for_texts(texts, within_s=within_s)
    shown = shop_page.text()
    wrong = [text for text in not_texts if shows(shown, text)]
    if not missing and not wrong:
        return
    says = [f"does not show “{text}”" for text in missing]
    says += [f"shows “{text}”, which it must not" for text in wrong]
    raise ShopPageBug(
        f"The shop's page {page.url} {' and '.join(says)}. It shows: “{_clip(shown)}”. "
        "Correct that page of the shop."
    )


def check_final(page: Page, hops: Sequence[Hop], final: str | None, status: int | None) -> None:
    """Compare the last page of the shop's own redirects with the case.

    Args:
        page: the shopper's tab.
        hops: of the tab, since the landing.
        final: pattern of its address, if the case has one.
        status: HTTP status; by default anything below 400.

    Raises:
        ShopPageBug: the page or its status is another one.
    """
    chain = " → ".join(f"{hop.url} ({hop.status or hop.failure or 'no answer'})" for hop in hops)
    came = next((hop.status for hop in reversed(hops) if hop.status), None)
    if came is None:
        raise ShopPageBug(f"The shop did not answer the landing: {chain or page.url}.")
    _check_status(came, status, chain)
    if final is not None:
        differences = "; ".join(map(str, compare(_final(final), parse(page.url))))
        if differences:
            raise ShopPageBug(
                f"The shop led the shopper to {page.url}, and the case says {final}: "
                f"{differences}. The way from the landing: {chain}."
            )


def check_order(page: Page, expected: OrderExpectation, url: str) -> None:
    """Ask the shop's books until they say what the case expects, or the time is up.

    Args:
        page: a tab of the shopper's browser, whose cookies the request has.
        expected: of the case.
        url: with its values filled in.

    Raises:
        ShopOrderBug: the books say something else, or answer with no JSON.
        ShopDown: they cannot be reached.
    """
    deadline = monotonic() + expected.within_s
    while problem := _order_problem(_open(page, url), expected):
        if monotonic() > deadline:
            raise ShopOrderBug(
                f"The shop's books at {url} {problem}, {expected.within_s:g} s after the "
                "checkout. Look at what the shop does with the return and with the webhook."
            )
        page.wait_for_timeout(_PAUSE_MS)


def check_page(page: Page, expected: PageExpectation, url: str, within_s: float) -> None:
    """Open a page of the shop in an empty tab and compare it with the case.

    Raises:
        ShopPageBug: status or texts are not as expected.
        ShopDown: it cannot be reached.
    """
    try:
        _check_status(_open(page, url).status, expected.status, url)
        check_texts(page, expected.text, expected.not_text, within_s=within_s)
    except ShopPageBug as bug:
        where = "in a new browser" if expected.fresh else "in the shopper's browser"
        bug.add_note(f"It was opened {where}, after the checkout.")
        raise


def _check_status(came: int, due: int | None, where: str) -> None:
    if came != due if due else came >= 400:
        wanted = f"instead of {due}" if due else "and must answer with a status below 400"
        raise ShopPageBug(f"The shop's page answered with status {came} {wanted}: {where}.")


def _open(page: Page, url: str) -> Response:
    try:
        response = page.goto(url, wait_until="load")
    except Error as error:
        cause = error.message.splitlines()[0].removeprefix("Page.goto: ")
        raise ShopDown(f"The shop's page {url} could not be opened ({cause}): is it up?") from None
    assert response is not None, "a new tab has no page that could only change its fragment"
    return response


def _order_problem(response: Response, expected: OrderExpectation) -> str:
    """Say in what an answer differs from the case, or return ""."""
    if response.status != expected.status:
        return f"answer with status {response.status} where the case expects {expected.status}"
    if not expected.json_:
        return ""
    try:
        document = json.loads(response.body())
    except ValueError:
        kind = response.headers.get("content-type", "no content type")
        return f"answer with {kind}, which is no JSON"
    for path, due in expected.json_.items():
        came = _value_at(document, path)
        if came != due or type(came) is not type(due):
            said = f"have {path} = {json.dumps(came)}" if came is not _NOTHING else f"lack {path}"
            return f"{said} where the case expects {json.dumps(due)}"
    return ""


_NOTHING = object()


def _value_at(document: Any, path: str) -> Any:
    """Follow a dotted path; numbers index lists, and ``length`` counts one."""
    for part in path.split("."):
        if isinstance(document, dict) and part in document:
            document = document[part]
        elif isinstance(document, list) and part == "length":
            document = len(document)
        elif isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        else:
            return _NOTHING
    return document


def _clip(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
