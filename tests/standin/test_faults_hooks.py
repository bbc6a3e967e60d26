"""What faults can have a page do besides the redirect, and what they may know of the shopper."""

from dataclasses import replace

from standin import Merchant, StandIn
from standin.redirect.response_plan import SideRequest
from standin.redirect.situation import Situation
from tests.standin.shopper import DECLINED, HTTP, open_page
from tests.standin.test_faults import make


def seen_by(standin: StandIn) -> tuple[Merchant, list[Situation]]:
    """A merchant whose provider writes down each situation it meets."""
    met: list[Situation] = []

    def write_down(situation: Situation) -> bool:
        met.append(situation)
        return False

    merchant = standin.new_merchant()
    merchant.fault = make(when=write_down)
    return merchant, met


def test_asides_come_before_the_landing(standin: StandIn) -> None:
    """The page requests what the fault wants, and then sets out."""
    merchant = standin.new_merchant()
    extra = (SideRequest("beacon"), SideRequest("fetch", "https://merchant.example/other"))
    merchant.fault = make(navigation=lambda _situation, right: replace(right, side_requests=extra))

    moves = open_page(standin, merchant).pay().json()["moves"]

    assert [move["do"] for move in moves] == ["beacon", "fetch", "go"]
    assert moves[0]["url"] == moves[2]["url"]
    assert moves[1]["url"] == "https://merchant.example/other"


def test_page_asks_ahead_as_soon_as_it_is_opened(standin: StandIn) -> None:
    """What is requested ahead stands in the page's script, and its policy lets it pass."""
    merchant = standin.new_merchant()
    merchant.fault = make(
        on_open=lambda *_: (SideRequest("fetch", "https://merchant.example/ahead"),)
    )

    page = open_page(standin, merchant).get()

    assert '"https://merchant.example/ahead"' in page.text
    assert "connect-src https: http:" in page.headers["content-security-policy"]


def test_right_page_asks_for_nothing_ahead(standin: StandIn) -> None:
    """Without a fault the policy of the page allows no request to anybody else."""
    page = open_page(standin, standin.new_merchant()).get()

    assert '"onOpen": []' in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]


def test_form_carries_fields_along(standin: StandIn) -> None:
    """A landing by POST has the fields that the fault wants."""
    merchant = standin.new_merchant(fault="card-posted-to-the-merchant")

    move = open_page(standin, merchant).pay().json()["moves"][-1]

    assert move["do"] == "post"
    assert move["fields"] == [["card", "4242424242424242"]]


def test_307_keeps_the_method_of_a_form(standin: StandIn) -> None:
    """The page posts to the provider's own address, which answers 307 with the landing."""
    shopper = open_page(standin, standin.new_merchant(fault="post-kept-by-the-redirect"))
    move = shopper.pay().json()["moves"][-1]

    last = shopper.ask("POST", move["url"].removeprefix(standin.origins.page), host="checkout")

    assert move["do"] == "post"
    assert last.status_code == 307
    assert last.headers["location"].startswith("https://merchant.example/success")


def test_situation_knows_what_has_happened(standin: StandIn) -> None:
    """History, the session's age and the page's own address are there for a fault to look at."""
    merchant, met = seen_by(standin)
    shopper = open_page(standin, merchant)
    shopper.get("?mode=checkout&redirect_url=x")

    shopper.pay(DECLINED)

    last = met[-1]
    assert last.history == ("opened", "opened", "declined")
    assert last.query == "mode=checkout&redirect_url=x"
    assert 0 <= last.age_s < 60
    assert last.home == standin.origins.page


def test_returning_browser_is_known_by_its_cookie(standin: StandIn) -> None:
    """The first session that a browser opened is remembered, and no cookie is set again."""
    merchant, met = seen_by(standin)
    HTTP.cookies.clear()
    first = open_page(standin, merchant)

    second = open_page(standin, merchant).get()

    assert "set-cookie" not in second.headers
    assert [met[0].returning, met[-1].returning] == [False, True]
    assert met[-1].shopper.first_session == first.session_id


def test_pursuit_is_a_pop_up_that_moves_the_page_that_opened_it(standin: StandIn) -> None:
    """The page opens the provider's own pop-up, whose script loads the landing anew later on."""
    shopper = open_page(standin, standin.new_merchant(fault="lands-again-after-a-while"))

    popup, landing = shopper.pay().json()["moves"]
    page = shopper.ask("GET", popup["url"].removeprefix(standin.origins.page), host="checkout")

    assert (popup["do"], landing["do"]) == ("popup", "go")
    assert '"do": "opener"' in page.text
    assert landing["url"] in page.text
