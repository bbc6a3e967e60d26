"""Cases that begin in a shop: what is refused when the file is read, and with which words."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from records.outcome import Outcome
from suite.cases.case_file import CaseFile, CaseProblem, find_cases, parse_case
from suite.cases.shop_tables import TURNS
from suite.cases.url_findings import url_findings
from suite.storefront import turns

HEAD = 'title = "T"\noutcome = "success"\ncard = "APPROVED"\n'
SHOP = '[shop]\nurl = "https://localhost:5000/"\nsteps = [{ click = "Buy" }]\n'
LANDING = 'landing = "https://localhost:5000/thanks?order={order}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + 'device = "iPhone 133"',
            "line 4: device 'iPhone 133' is unknown: did you mean iPhone 13?",
        ),
        (
            HEAD + 'locale = "fr_CA"',
            "line 4: locale 'fr_CA' is no language tag: did you mean fr-CA?",
        ),
        (
            HEAD + '[request]\nsuccess = "shop.example/thanks"',
            "line 5: request.success is 'shop.example/thanks', which is no full URL",
        ),
        (
            HEAD + 'shopper = "goes-bak"\n' + SHOP,
            "(did you mean goes-back?): use one of pays,",
        ),
        (HEAD + 'shopper = "goes-back"', "shopper is about a shop: add the table [shop]"),
        (HEAD + "[expect]\ntabs = 1", "tabs is about a shop: add the table [shop]"),
        (HEAD + '[customer]\nemail = "a@b.c"\n' + SHOP, "are the shop's own here"),
        (HEAD + SHOP.replace("Buy", "{port}"), ""),
        (
            HEAD + SHOP.replace("5000", "{port}"),
            "url has {port}, which needs a command that takes the port",
        ),
        (
            HEAD + SHOP.replace("https://", ""),
            "line 5: url is 'localhost:5000/': begin it with https://",
        ),
        (HEAD + SHOP.replace("localhost:5000", "www.clover.com"), "Clover's production"),
        (HEAD + SHOP.replace('click = "Buy"', 'clik = "Buy"'), "clik: there is no such field"),
        (HEAD + SHOP.replace('{ click = "Buy" }', "{}"), "a step does exactly one of goto, click"),
        (HEAD + SHOP.replace("click", "fill"), "a step with fill needs with, and no other: with"),
        (HEAD + SHOP + 'hosts = { "a.example" = "localhost" }', "needs a host and a port"),
        (
            HEAD + SHOP + "[expect.order]\nurl = 'https://localhost:5000/{order}'",
            "expect.landing has no {order}, which another address uses",
        ),
        (
            HEAD + 'shopper = "closes-tab"\n' + SHOP + "[expect]\ntext = 'Thanks'",
            'shopper = "closes-tab" has no landed page: leave out its texts',
        ),
        (HEAD + SHOP + "[expect]\n" + LANDING + "[[expect.pages]]\nurl = '{landing}'", ""),
    ],
)
def test_mistake_is_refused_with_its_cure(text: str, said: str) -> None:
    """Each mistake is one sentence; a right case is read."""
    if not said:
        assert parse_case(text).shop
        return
    with pytest.raises(CaseProblem) as caught:
        parse_case(text)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_values_of_the_run_are_filled_in_everywhere(tmp_path: Path) -> None:
    """The port replaces its name in addresses, lists and keys of tables."""
    text = (
        HEAD
        + SHOP.replace("5000", "{port}")
        + 'command = "shop {port}"\nhosts = {x = "y:{port}"}\n'
    )
    path = tmp_path / "case.toml"
    path.write_text(text + "[expect]\n" + LANDING.replace("5000", "{port}"), encoding="utf-8")

    case = CaseFile.read(path).with_values({"{port}": "6000"})

    assert case.shop is not None
    assert (case.shop.url, case.shop.command) == ("https://localhost:6000/", "shop 6000")
    assert case.shop.hosts == {"x": "y:6000"}
    assert case.expect.landing == "https://localhost:6000/thanks?order={order}"


def test_folder_without_cases_is_refused(tmp_path: Path) -> None:
    """A folder has at least one case file."""
    with pytest.raises(CaseProblem, match="has no case files"):
        find_cases([tmp_path])


def test_devices_are_those_of_playwright(playwright: Playwright) -> None:
    """The list has the names of ``playwright.devices``, one on a line."""
    listed = Path(turns.__file__).parents[1] / "cases" / "devices.txt"

    assert listed.read_text(encoding="utf-8").splitlines() == list(playwright.devices)


def test_every_turn_is_done_by_a_function() -> None:
    """The names that a case may use are those that the suite can do."""
    assert list(turns._TURNS) == list(TURNS)


def test_findings_on_urls_need_urls() -> None:
    """A case without URLs has no findings; misspelt placeholders have one each."""
    odd = {Outcome.SUCCESS: "https://shop.example/?id={checkoutSessionId}"}

    assert url_findings({}, {}, dashboard_wins=True) == []
    [found] = url_findings(odd, {}, dashboard_wins=True)
    assert "Write {CHECKOUT_SESSION_ID}." in found


def test_case_that_is_kept_works_from_any_folder(tmp_path: Path) -> None:
    """Names with dots are quoted, and relative places become absolute ones."""
    more = 'command = "shop"\ncertificate = "shop.pem"\nhosts = { "a.example" = "b:1" }\n'
    order = "[expect.order]\nurl = 'https://x.example'\njson = { 'payments.length' = 1 }\n"
    path = tmp_path / "case.toml"
    path.write_text(HEAD + SHOP + more + order, encoding="utf-8")
    file = CaseFile.read(path)

    kept = parse_case(file.standalone())

    assert kept.shop is not None
    assert kept.expect == file.case.expect
    assert (kept.shop.folder, kept.shop.certificate) == (str(tmp_path), str(tmp_path / "shop.pem"))
    assert kept.shop.hosts == {"a.example": "b:1"}
