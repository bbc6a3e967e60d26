"""The composition root: options and fixtures, and the only place where the layers meet."""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr

from clover.behaviour import load_behaviour
from clover.client import CheckoutsClient
from clover.leaks import Secret
from clover.models import CheckoutRequest, RedirectUrls
from clover.rate_limit import RateLimit
from landing.site import LandingSite
from landing.trail import Trail
from pages.checkout import CheckoutPage
from pages.dashboard.hands import MOUSE, Hand
from standin import Merchant as StandInMerchant
from standin import StandIn
from standin.outcomes import RedirectUrls as SavedUrls
from suite.browsers import find_browser
from suite.checkout.late_arrivals import LateArrivals
from suite.checkout.shopper import OpenCheckout, Shopper
from suite.dashboard.dashboard_backup import FormerUrls
from suite.dashboard.editor import DashboardEditor, DashboardKey, OpenDashboard, put_all_back
from suite.dashboard.fallback_browser import in_a_new_browser
from suite.dashboard.merchant_lock import before_the_end, folder_of, turn
from suite.evidence.evidence import Evidence
from suite.merchant import (
    CART,
    CUSTOMER,
    Account,
    Checkout,
    Merchant,
    MerchantFactory,
    RealMerchant,
    Urls,
    urls_of,
)
from suite.nonces import nonces
from suite.run import RUN
from suite.selection import only_the_case, only_the_choice, select
from suite.settings.settings import Settings, SettingsProblem, load_settings
from suite.workers import share_among_workers
from tools.dashboard_login import SIGN_IN_FILE

ROOT = Path(__file__).parent
SETTINGS: pytest.StashKey[Settings] = pytest.StashKey()

#: A third party needed about 30 ms between two keys on Clover's own card fields.
REAL_KEY_DELAY_MS = 30

pytest_plugins = ["suite.plugin"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of design and README."""
    group = parser.getgroup("redirects", "Clover redirect suite")
    group.addoption("--target", choices=("standin", "sandbox"), help="what to test")
    group.addoption("--behaviour", help="what the provider is taken to do: a name or a TOML file")
    group.addoption("--fault", help="switch a catalogued fault of the stand-in on")
    group.addoption("--skin", default="classic", help="page design of the stand-in")
    group.addoption("--case", help="run this case file and nothing else")
    group.addoption(
        "--thorough", action="store_true", help="everything for every outcome it can be for"
    )
    group.addoption(
        "--seed",
        type=int,
        default=random.Random().getrandbits(32),  # noqa: S311 -- an order, not a secret
        help="repeats an order of tests, names and generated URLs",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give every source of chance the run's one seed, in a worker that of its controller."""
    inherited = getattr(config, "workerinput", {})
    config.option.seed = inherited.get("seed", config.option.seed)
    config.option.randomly_seed = config.option.seed


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Use all cores for a whole run, before xdist looks at its options."""
    with suppress(SettingsProblem):  # which ends the run in words of its own, a little later
        share_among_workers(config, _settings(config).target)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the seed to a worker, which reads the command line anew and would draw its own."""
    node.workerinput["seed"] = node.config.option.seed


def pytest_sessionstart(session: pytest.Session) -> None:
    """Read the settings once; what is wrong with them ends the run before a test begins."""
    config = session.config
    if not config.stash[RUN].active:
        return
    try:
        config.stash[SETTINGS] = _settings(config)
    except SettingsProblem as problem:
        raise pytest.UsageError(*problem.sentences) from None
    settings = config.stash[SETTINGS]
    config.stash[RUN].facts.update(
        target=settings.target, behaviour=settings.behaviour, seed=str(config.option.seed)
    )


def _settings(config: pytest.Config) -> Settings:
    return load_settings(
        target=config.option.target,
        behaviour=config.option.behaviour,
        environ=os.environ,
        dotenv_path=ROOT / ".env",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what the target cannot do, and say why."""
    if SETTINGS in config.stash:
        select(items, config.stash[SETTINGS])
    if not config.option.thorough:
        items[:], others = only_the_choice(items, config.args)
        config.hook.pytest_deselected(items=others)
    if config.option.case:
        items[:], others = only_the_case(items)
        config.hook.pytest_deselected(items=others)


@pytest.fixture(scope="session")
def settings(pytestconfig: pytest.Config) -> Settings:
    """Everything that differs between one target and another."""
    return pytestconfig.stash[SETTINGS]


@pytest.fixture(scope="session")
def landing_site(browser_name: str) -> Iterator[LandingSite]:
    """The merchant's site, under a name that only this browser resolves to it."""
    name = "merchant.example" if browser_name == "chromium" else "merchant.localhost"
    with LandingSite(name) as site:
        yield site


@pytest.fixture(scope="session")
def stand_in(settings: Settings, pytestconfig: pytest.Config) -> Iterator[StandIn | None]:
    """The embedded provider, or None where the target is a real one."""
    if settings.target != "standin":
        yield None
        return
    options = pytestconfig.option
    with StandIn(settings.behaviour, fault=options.fault, skin=options.skin) as server:
        yield server


@pytest.fixture
def provider(stand_in: StandIn | None) -> StandIn:
    """The stand-in itself, for tests that turn its clock or look into its books."""
    assert stand_in is not None, "tests that use this fixture are marked standin_only"
    return stand_in


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
    browser_name: str,
    settings: Settings,
    landing_site: LandingSite,
    stand_in: StandIn | None,
) -> dict[str, Any]:
    """Chromium that resolves the landing site's names and trusts these two public keys alone."""
    if browser_name != "chromium":
        return browser_type_launch_args
    pins = ",".join(server.spki for server in (landing_site, stand_in) if server)
    return {
        **browser_type_launch_args,
        "executable_path": find_browser(
            settings.browser_environ(os.environ),
            headed=not browser_type_launch_args.get("headless", True),
        ),
        "chromium_sandbox": not hasattr(os, "geteuid") or os.geteuid() != 0,
        "args": [
            *browser_type_launch_args.get("args", []),
            f"--host-resolver-rules={landing_site.resolver_rules}",
            f"--ignore-certificate-errors-spki-list={pins}",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """Firefox and WebKit know no pins, so there the certificate is not judged."""
    loose = {} if browser_name == "chromium" else {"ignore_https_errors": True}
    return {**browser_context_args, **loose}


@pytest.fixture(scope="session")
def held_urls(
    settings: Settings, browser: Browser, browser_context_args: dict[str, Any]
) -> RedirectUrls:
    """What a real merchant's dashboard holds; nothing where no login lets us look."""
    login = settings.dashboard
    if settings.target == "standin" or login is None:
        return RedirectUrls()
    saved = SIGN_IN_FILE.is_file()
    state = {"storage_state": SIGN_IN_FILE} if saved else {}
    key = DashboardKey(
        login.url,
        settings.account.merchant_id,
        login.email,
        login.password.get_secret_value(),
        str(SIGN_IN_FILE) if saved else "",
    )
    with browser.new_context(**{**browser_context_args, **state}) as context:
        return RedirectUrls(**key.enter(context.new_page(), settings.redirect_timeout_s).urls())


@pytest.fixture(scope="session")
def answering_target(settings: Settings) -> None:
    """Open one checkout before any test: a wrong token or a dead target is no broken promise."""
    if settings.target == "standin":
        return
    api = settings.account
    limiter = RateLimit(api.token)
    with CheckoutsClient(api.url, api.merchant_id, api.token, limiter=limiter) as client:
        client.create(CheckoutRequest(customer=CUSTOMER, line_items=CART))


@pytest.fixture
def new_merchant(
    request: pytest.FixtureRequest,
    settings: Settings,
    landing_site: LandingSite,
    stand_in: StandIn | None,
    held_urls: RedirectUrls,
    answering_target: None,  # noqa: ARG001 -- asked for what it does
    evidence: Evidence,
) -> Iterator[MerchantFactory]:
    """Make merchants; on a real target there is only the one of the settings."""
    names = nonces(request.config.option.seed, request.node.nodeid)
    run_wide = request.config.option.fault
    with ExitStack() as clients:

        def make(
            *,
            skin: str | None = None,
            fault: str | None = None,
            dashboard: Urls | None = None,
            behaviour: str | None = None,
            **switches: Any,
        ) -> Merchant:
            taken_to_be = load_behaviour(behaviour or settings.behaviour, **switches)
            if stand_in:
                merchant = stand_in.new_merchant(
                    switches=taken_to_be.switches(),
                    skin=skin,
                    fault=fault or request.config.option.fault,
                )
                merchant.urls = SavedUrls(**{str(o): url for o, url in (dashboard or {}).items()})
            account = merchant if stand_in else RealMerchant(settings.account, held_urls)
            client = CheckoutsClient(
                stand_in.api_url if stand_in else settings.account.url,
                account.id,
                SecretStr(account.token),
                verify=str(stand_in.ca_file) if stand_in else True,
                limiter=None if stand_in else RateLimit(SecretStr(account.token)),
            )
            evidence.hide(account.token)
            clients.enter_context(client)
            clients.callback(lambda: evidence.add_exchange(client.exchanges))
            return Merchant(
                client=client,
                behaviour=taken_to_be,
                site=landing_site.origin,
                nonces=names,
                token=Secret("API token", account.token),
                fixed_urls=urls_of(settings.redirect_urls),
                account=account,
                setting={
                    "skin": skin,
                    "fault": fault or run_wide,
                    "behaviour": behaviour or settings.behaviour,
                    "switches": switches,
                },
            )

        yield make


@pytest.fixture
def merchant(new_merchant: MerchantFactory) -> Merchant:
    """A merchant of this test's own."""
    return new_merchant()


@pytest.fixture(scope="session")
def late_arrivals(landing_site: LandingSite) -> Iterator[LateArrivals]:
    """Reads the journal again once every test has ended."""
    register = LateArrivals(landing_site.journal)
    yield register
    register.check()


@pytest.fixture
def begin_checkout(
    request: pytest.FixtureRequest,
    settings: Settings,
    stand_in: StandIn | None,
    landing_site: LandingSite,
    late_arrivals: LateArrivals,
    new_context: Callable[..., BrowserContext],
    evidence: Evidence,
) -> Iterator[OpenCheckout]:
    """A shopper in a browser context of its own, with both witnesses listening."""
    on_standin = settings.target == "standin"
    shoppers: list[Shopper] = []
    with ExitStack() as recordings:

        def begin(
            checkout: Checkout,
            *,
            beside: Sequence[Shopper] = (),
            in_browser_of: Shopper | None = None,
            **options: Any,
        ) -> Shopper:
            if in_browser_of is None:
                context = new_context(**{"locale": "en-US", **options})
                recordings.enter_context(evidence.recorded(context))
            else:
                context = in_browser_of.page.context
            page = context.new_page()
            shopper = Shopper(
                checkout=checkout,
                hosted_page=CheckoutPage(
                    page,
                    within_s=settings.redirect_timeout_s,
                    key_delay_ms=0 if on_standin else REAL_KEY_DELAY_MS,
                    touch=bool(options.get("has_touch")),
                ),
                trail=Trail(page),
                journal=landing_site.journal,
                evidence=evidence,
                within_s=settings.redirect_timeout_s,
                quiet_s=0.3 if on_standin else 3.0,
                provider=stand_in,
                others=list(beside),
            )
            for other in beside:
                other.others.append(shopper)
            shoppers.append(shopper)
            return shopper

        yield begin
    for shopper in shoppers:
        shopper.nothing_more()
        late_arrivals.expect(request.node.nodeid, shopper)


@pytest.fixture
def open_checkout(begin_checkout: OpenCheckout) -> OpenCheckout:
    """The same, with the hosted page open and ready to be paid."""

    def start(checkout: Checkout, **options: Any) -> Shopper:
        return begin_checkout(checkout, **options).open()

    return start


# ---- Merchant Dashboard: fixtures -----------------------------------------------------------


@pytest.fixture(autouse=True)
def merchant_turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """On a real target tests that change the dashboard run alone, all others side by side."""
    settings = request.config.stash.get(SETTINGS, None)
    marks = {mark.name for mark in request.node.iter_markers()}
    if settings is None or settings.api is None or "sandbox" not in marks:
        yield
        return
    with turn(folder_of(settings.api.merchant_id), alone="dashboard" in marks):
        yield


@pytest.fixture
def open_dashboard(
    settings: Settings,
    stand_in: StandIn | None,
    browser_name: str,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    new_context: Callable[..., BrowserContext],
    evidence: Evidence,
    pytestconfig: pytest.Config,
    tmp_path: Path,
) -> Iterator[OpenDashboard]:
    """Take a merchant's dashboard in hand; what a test changes there is put back after it."""
    state = {"storage_state": SIGN_IN_FILE} if stand_in is None and SIGN_IN_FILE.is_file() else {}
    options = {"locale": "en-US", **state}
    editors: list[DashboardEditor] = []

    def key_of(account: Account) -> DashboardKey:
        if isinstance(account, StandInMerchant):
            assert stand_in is not None
            url = stand_in.origins.dashboard
            return DashboardKey(url, account.id, account.email, account.password)
        login = settings.dashboard
        assert login is not None, "tests marked dashboard are skipped without a login"
        saved_in = str(SIGN_IN_FILE.relative_to(ROOT)) if state else ""
        password = login.password.get_secret_value()
        return DashboardKey(login.url, account.id, login.email, password, saved_in)

    with ExitStack() as recordings:

        def new_page() -> Page:
            context = new_context(**options)
            recordings.enter_context(evidence.recorded(context))
            return context.new_page()

        def take(merchant: Merchant, *, hand: Hand = MOUSE) -> DashboardEditor:
            key = key_of(merchant.account)
            evidence.hide(key.password)
            folder = tmp_path / key.merchant_id if stand_in else folder_of(key.merchant_id)
            editor = DashboardEditor(
                merchant,
                key,
                FormerUrls(folder, pytestconfig.stash[RUN].folder),
                new_page=new_page,
                elsewhere=in_a_new_browser(
                    browser_name, browser_type_launch_args, {**browser_context_args, **options}
                ),
                within_s=settings.redirect_timeout_s,
                hand=hand,
            )
            editors.append(editor)
            return editor

        with before_the_end(lambda: put_all_back(editors, at_once=True)):
            yield take
            put_all_back(editors)


# ---- end of the dashboard's fixtures --------------------------------------------------------
