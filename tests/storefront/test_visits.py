"""Visits to a shop that goes wrong on its way to Clover or back."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clover.verdict import RedirectBug
from suite.cases.case_file import CaseFile
from suite.settings.settings import load_settings
from suite.storefront.factory import OpenShop, RunningShops
from suite.storefront.problems import (
    OtherProvider,
    ProductionRefused,
    ShopDown,
    ShopPageBug,
    ShopProblem,
    ShopRequestBug,
    Unsupported,
)
from suite.storefront.turns import take_turn
from suite.targets import make_target
from tests.rehearsal.provider import rehearsal

ID = "7c0e8d0e-6f37-4a0b-9a3e-1d2f3a4b5c6d"


def case(leads_to: str, *, expect: dict[str, Any] | None = None, **shop: Any) -> CaseFile:
    """A case of a shop whose Buy link leads there."""
    table = {
        "url": "http://localhost:{port}/",
        "command": f"{{python}} tiny_shop.py {{port}} '{leads_to}'",
        "steps": [{"click": "Buy now"}],
        **shop,
    }
    fields = {"title": "T", "outcome": "success", "card": "APPROVED", "shop": table}
    return CaseFile.of({**fields, "expect": expect or {}}, folder=Path(__file__).parent)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch, open_shop: OpenShop) -> None:
    """Wait two seconds for what never comes."""
    monkeypatch.setattr(open_shop.shops.target, "within_s", 2.0)


@pytest.mark.parametrize(
    ("leads_to", "shop", "kind", "said"),
    [
        (
            f"http://www.clover.com:8080/pay-checkout/{ID}?mode=checkout",
            {"hosts": {"www.clover.com": "localhost:{port}"}},
            ProductionRefused,
            "sends the shopper to Clover's production (http://www.clover.com",
        ),
        (
            "/?nothing",
            {},
            ShopPageBug,
            "did not send the shopper to Clover's page and made no create call",
        ),
        (
            "success=http://localhost/thanks",
            {},
            ShopRequestBug,
            "400 redirectUrls.success must be a secure URL that starts with https://",
        ),
    ],
    ids=["production", "nowhere", "refused"],
)
def test_shop_that_does_not_reach_clover(
    open_shop: OpenShop, leads_to: str, shop: Any, kind: type[ShopProblem], said: str
) -> None:
    """Each way of not reaching Clover's page has its own words."""
    with pytest.raises(kind) as caught:
        take_turn(open_shop(case(leads_to, **shop)))

    assert said in str(caught.value)


def test_shop_that_uses_another_provider(open_shop: OpenShop) -> None:
    """A session that the stand-in does not know is not judged."""
    with rehearsal() as provider, pytest.raises(OtherProvider, match="not a session of this run"):
        take_turn(open_shop(case(f"{provider.origin}/checkout/{ID}?mode=checkout")))


def test_request_with_a_third_host_is_the_shops_bug(open_shop: OpenShop) -> None:
    """A landing on a host that the case does not name shows in the request already."""
    wrong = case(
        "success=https://elsewhere.example/thanks",
        expect={"landing": "https://localhost:{port}/thanks"},
    )

    with pytest.raises(ShopRequestBug, match="same-origin: expected https://localhost"):
        take_turn(open_shop(wrong))


def test_landing_that_nobody_answers_is_the_shops_bug(open_shop: OpenShop) -> None:
    """Where the case expects what the shop has sent, a dead landing page is named."""
    with pytest.raises(ShopPageBug, match="did not answer the landing"):
        take_turn(open_shop(case("success=https://dead.localhost:9/thanks")))


def test_shop_that_relies_on_the_dashboard(open_shop: OpenShop) -> None:
    """Without redirect URLs in the request, those of the dashboard are expected and judged."""
    expect = {"landing": "http://localhost:{port}/{*}", "text": "Cakes"}

    take_turn(open_shop(on_dashboard("/thanks", expect)))


def on_dashboard(path: str, expect: dict[str, Any], **more: Any) -> CaseFile:
    """A case of the same shop with this success URL on the dashboard."""
    file = case("success=", expect=expect)
    urls = {"dashboard": {"success": f"http://localhost:{{port}}{path}"}, **more}
    return CaseFile.of({**file.fields, **urls}, folder=file.path.parent)


@pytest.mark.parametrize(("path", "wrong"), [("/thanks/7", True), ("/thanks/8", False)])
def test_final_page_belongs_to_the_order_of_the_landing(
    open_shop: OpenShop, path: str, wrong: bool
) -> None:
    """A value from the landing is that value on the final page too, not any value."""
    order = "orders" if wrong else "thanks"
    landing = "http://localhost:{port}/thanks/{order}"
    final = f"http://localhost:{{port}}/{order}/{{order}}"

    visit = open_shop(on_dashboard(path, {"landing": landing, "final": final}))
    with (
        pytest.raises(ShopPageBug, match="orders/8, and the case says") if wrong else nullcontext()
    ):
        take_turn(visit)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"status": 404}, "answered with status 200 instead of 404"),
        ({"final": "http://localhost:{port}/login"}, "same-path: expected /login, came /thanks"),
        ({"status": 200, "not_text": "Thank you"}, ""),
    ],
)
def test_success_url_that_is_opened_by_hand_is_judged(
    open_shop: OpenShop, expect: dict[str, Any], said: str
) -> None:
    """Status and address of the page count if the case names them."""
    visit = open_shop(on_dashboard("/thanks", expect, shopper="opens-success-url"))

    with pytest.raises(ShopPageBug, match=said) if said else nullcontext():
        take_turn(visit)


def test_shop_without_any_url_stays_with_clover(open_shop: OpenShop) -> None:
    """Where the case expects no landing, Clover's own page is the end."""
    take_turn(open_shop(case("success=", expect={"landing": "none", "text": "Payment Received"})))
    with pytest.raises(ShopRequestBug, match="has no redirect URL for success"):
        take_turn(open_shop(case("success=", expect={"landing": "https://localhost/"})))
    with pytest.raises(ShopRequestBug, match="and the case expects no landing"):
        take_turn(open_shop(case("success=https://a.example/", expect={"landing": "none"})))


def test_wrong_token_is_named(open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop with a wrong token meets Clover's refusal, and the message says so."""
    account = open_shop.shops.target.shop_account()
    assert account is not None
    wrong = replace(account, token="wrong")
    monkeypatch.setattr(open_shop.shops.target, "shop_account", lambda: wrong)

    with pytest.raises(ShopRequestBug, match="refused the shop's create call:\n  401"):
        take_turn(open_shop(case("success=https://a.example/wrong-token")))


@pytest.fixture
def sandbox_shop(open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenShop]:
    """The same factory on a target whose books are closed, and whose credentials the shop has."""
    with rehearsal() as provider:
        environ = {"CLOVER_API_URL": provider.origin, "REDIRECT_TIMEOUT_S": "3"}
        monkeypatch.setenv("CLOVER_API_URL", provider.origin)
        monkeypatch.setenv("CLOVER_MERCHANT_ID", provider.merchant_id)
        monkeypatch.setenv("CLOVER_PRIVATE_TOKEN", provider.token)
        settings = load_settings(
            target="sandbox", environ=environ, dotenv_path=None, needs_account=False
        )
        with make_target(settings).started() as sandbox:
            shops = RunningShops(sandbox)
            yield replace(open_shop, shops=shops, begun=[])
            shops.stop()


@pytest.mark.parametrize(
    ("landing", "kind", "said"),
    [
        ("http://localhost:{port}/thanks?id={CHECKOUT_SESSION_ID}", None, ""),
        ("http://localhost:{port}/thanks?id={CHECKOUT_SESSION_ID}&a=1", RedirectBug, "keeps-query"),
        ("http://localhost:{port}/other", RedirectBug, "same-path"),
        (None, Unsupported, "write the URL that the shopper must land on into expect.landing"),
    ],
    ids=["right", "parameter lost", "path", "unknown"],
)
def test_shop_on_a_target_with_closed_books(
    sandbox_shop: OpenShop, landing: str | None, kind: type[Exception] | None, said: str
) -> None:
    """The suite needs no credentials there, and the case says where the shopper must land."""
    sent = "success=http://localhost:{port}/thanks?id={CHECKOUT_SESSION_ID}"
    visit = sandbox_shop(case(sent, expect={"landing": landing} if landing else {}))

    with pytest.raises(kind, match=said) if kind else nullcontext():
        take_turn(visit)


def test_command_and_address_of_the_run_complete_a_case(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    """A case without a command visits the shop of --start-command, once --wait-for answers."""
    monkeypatch.chdir(Path(__file__).parent)
    sent = "success=https://a.example/thanks"
    with running(open_shop, f"{{python}} tiny_shop.py {port} '{sent}'", port) as with_options:
        begun = case(sent, url=f"http://localhost:{port}/", command="")
        with_options(begun).buy()

        written = with_options.evidence.case_text

    assert f'wait_for = "http://localhost:{port}/"' in written
    assert f'folder = "{Path(__file__).parent.as_posix()}"' in written


def test_command_that_dies_is_started_once(open_shop: OpenShop, tmp_path: Path, port: int) -> None:
    """Every case of a shop that does not start says so; only the first one tries."""
    begun = case("", url=f"http://localhost:{port}/", command="")
    with running(open_shop, f"echo tried >> '{tmp_path}/log'; exit 3", port) as with_options:
        for _ in range(2):
            with pytest.raises(ShopDown, match="ended with exit code 3 before"):
                with_options(begun)

    assert (tmp_path / "log").read_text().split() == ["tried"]


@contextmanager
def running(open_shop: OpenShop, command: str, port: int) -> Iterator[OpenShop]:
    """The same factory with the options of a run."""
    at = f"http://localhost:{port}/"
    shops = RunningShops(open_shop.shops.target, command=command, wait_for=at)
    yield replace(open_shop, shops=shops, begun=[])
    shops.stop()
