"""Making of visits: a running shop, a browser that reaches it, and a shopper in it."""

import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import trustme
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext

from clover.address import parse
from clover.behaviour import load_behaviour
from landing.certificate import spki_of
from suite.browsers import SetUpProblem
from suite.cases.case import Case
from suite.cases.case_file import CaseFile
from suite.cases.shop_tables import (
    CERTIFICATE,
    OVER_THE_CACHE,
    PORT,
    PYTHON,
    SHORT_SESSIONS,
    Shop,
)
from suite.evidence.evidence import Evidence
from suite.storefront.problems import ShopDown, Unsupported
from suite.storefront.shop_process import ShopProcess
from suite.storefront.visit import Visit
from suite.targets.target import Account, ShopConditions, Target

#: Notes whether a page came from the back-forward cache; such a page runs no script anew.
_NOTE_RESTORED = """addEventListener('pageshow', (event) => {
  globalThis[Symbol.for('restored')] = event.persisted;
});"""


@dataclass(slots=True)
class RunningShop:
    """A shop that a case's command has started, or that runs already.

    Attributes:
        values: the run's own values, such as {port}.
        ca_file: authority of the certificate that was made for the shop.
        pin: SPKI hash of that certificate, or "".
    """

    account: Account | None
    values: Mapping[str, str]
    ca_file: Path | None = None
    pin: str = ""
    process: ShopProcess | None = None


class RunningShops:
    """The shops of a run, by command and folder; one process serves all cases that name it.

    Several workers cannot share a port that a command fixes. So a worker keeps such a shop for
    one test only, while the others wait.
    """

    def __init__(
        self, target: Target, *, is_worker: bool = False, command: str = "", wait_for: str = ""
    ) -> None:
        """Start nothing yet.

        Args:
            target: has the accounts of the shops.
            is_worker: whether other processes of this run may start the same shops.
            command: starts the shop of a case without a command, in the current folder.
            wait_for: answers once a shop has started whose case names no such address.
        """
        self.target = target
        self._is_worker = is_worker
        self._command, self._wait_for = command, wait_for
        self._locks: dict[tuple[str, Path], FileLock] = {}
        self._shops: dict[tuple[str, Path], RunningShop] = {}
        self._down: dict[tuple[str, Path], ShopDown] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="clover-shops-")

    def complete(self, file: CaseFile) -> CaseFile:
        """Return a case with what the run's options say about its shop."""
        shop, more = _shop_of(file.case), {}
        if self._command and not shop.command:
            more = {"command": self._command, "folder": str(Path.cwd())}
        if self._wait_for and not shop.wait_for:
            more["wait_for"] = self._wait_for
        return file.with_shop(**more) if more else file

    def of(self, file: CaseFile, hide: Callable[[str], object]) -> RunningShop:
        """Return the shop of a case, started if it has a command.

        Args:
            file: of the case.
            hide: keeps a secret out of everything that is written.

        Raises:
            ShopDown: it does not start.
        """
        shop = _shop_of(file.case)
        folder = file.path.resolve().parent
        key = (shop.command or shop.url, folder / shop.folder)
        if key in self._down:
            raise self._down[key]
        if key not in self._shops:
            if self._is_worker and shop.command and PORT not in shop.command:
                port = parse(shop.url).port
                self._locks[key] = FileLock(Path(tempfile.gettempdir(), f"clover-shop-{port}.lock"))
                self._locks[key].acquire()
            try:
                self._shops[key] = self._start(file, shop, folder, hide)
            except ShopDown as down:
                self._down[key] = down
                raise
        return self._shops[key]

    def end_test(self) -> None:
        """Stop the shops whose ports another worker may wait for."""
        for key, lock in self._locks.items():
            if (running := self._shops.pop(key, None)) and running.process:
                running.process.stop()
            lock.release()
        self._locks.clear()

    def _start(
        self, file: CaseFile, shop: Shop, folder: Path, hide: Callable[[str], object]
    ) -> RunningShop:
        if not shop.command:
            return RunningShop(None, {})
        account = self.target.shop_account()
        for secret in (account.token, account.webhook_secret) if account else ():
            hide(secret)
        values = {PORT: str(_free_port()), PYTHON: Path(sys.executable).as_posix()}
        running = RunningShop(account, values)
        if CERTIFICATE in shop.command:
            running = self._with_certificate(running, shop)
        started = _shop_of(file.with_values(running.values))
        place = started.wait_for or _place(started)
        workplace = folder / started.folder
        running.process = ShopProcess.start(started.command, workplace, account, place)
        return running

    def _with_certificate(self, running: RunningShop, shop: Shop) -> RunningShop:
        authority = trustme.CA()
        number = len(self._shops)
        names = {parse(shop.url.replace(PORT, "443")).host, *shop.hosts, "localhost", "127.0.0.1"}
        leaf = authority.issue_cert(*sorted(names))
        pem = Path(self._folder.name, f"shop-{number}.pem")
        leaf.private_key_and_cert_chain_pem.write_to_path(pem)
        ca_file = pem.with_name(f"authority-{number}.pem")
        authority.cert_pem.write_to_path(ca_file)
        pin = spki_of(leaf.cert_chain_pems[0].bytes())
        values = {**running.values, CERTIFICATE: str(pem)}
        return RunningShop(running.account, values, ca_file, pin)

    def stop(self) -> None:
        """Stop every process, and delete the certificates."""
        for shop in self._shops.values():
            if shop.process is not None:
                shop.process.stop()
        self._folder.cleanup()


@dataclass(slots=True)
class OpenShop:
    """Factory of visits.

    Attributes:
        fault: of every checkout whose case names none.
        begun: each visited shop's process, and how much it had printed before.
    """

    shops: RunningShops
    launch: Callable[..., Browser]
    new_context: Callable[..., BrowserContext]
    devices: Mapping[str, Any]
    evidence: Evidence
    fault: str | None = None
    is_strict: bool = False
    begun: list[tuple[ShopProcess, int]] = field(default_factory=list)

    def note_output(self) -> None:
        """Keep what the shops have printed since their visits began."""
        for process, begun in self.begun:
            self.evidence.note("shop's output", process.tail(begun))

    def __call__(self, file: CaseFile) -> Visit:
        """Begin a visit to the shop of a case, which runs from then on.

        Raises:
            ShopDown: the shop does not start.
            Unsupported: no browser here can do what the case asks for.
        """
        file = self.shops.complete(file)
        running = self.shops.of(file, self.evidence.hide)
        target = self.shops.target
        case = file.with_values(running.values)
        shop = _shop_of(case)
        begun = running.process.size() if running.process else 0
        self.evidence.case_text = file.standalone()
        name = case.behaviour or target.settings.behaviour
        switches: dict[str, Any] = dict(case.switches)
        if length_s := SHORT_SESSIONS.get(case.shopper):
            switches.setdefault("session_ttl_s", length_s)
        behaviour = load_behaviour(name, **switches)
        pin, ca_file = running.pin, running.ca_file
        if shop.certificate:
            ca_file = file.path.parent / shop.certificate
            pin = _pin_of(ca_file)
        if running.account:
            target.prepare_shop(
                running.account,
                ShopConditions(
                    switches=behaviour.switches(),
                    skin=case.skin,
                    fault=case.fault or self.fault,
                    dashboard=case.dashboard or {},
                    webhook_url=shop.webhook,
                    webhook_ca=ca_file,
                ),
            )
        browser, options = self._browser(case, shop, pin), case.context_options(self.devices)
        context = self.new_context(browser, **options)
        self._prepare(context, case, shop)
        visit = Visit(
            case=case,
            shop=shop,
            target=target,
            account=running.account,
            behaviour=behaviour,
            context=context,
            new_context=partial(self.new_context, browser, **options),
            evidence=self.evidence,
            page=context.new_page(),
            is_strict=self.is_strict,
        )
        if running.process:
            self.begun.append((running.process, begun))
        return visit

    def _browser(self, case: Case, shop: Shop, pin: str) -> Browser:
        rules = ", ".join(f"MAP {name} {_on_loopback(at)}" for name, at in shop.hosts.items())
        with_cache = case.shopper in OVER_THE_CACHE
        try:
            return self.launch(resolver_rules=rules, pin=pin, with_cache=with_cache)
        except SetUpProblem as problem:
            raise Unsupported(
                f'shopper = "{case.shopper}" needs a full Chromium: a headless shell has no '
                f"back-forward cache. {problem}"
            ) from None

    @staticmethod
    def _prepare(context: BrowserContext, case: Case, shop: Shop) -> None:
        if case.shopper in OVER_THE_CACHE:
            context.add_init_script(_NOTE_RESTORED)
        for pattern in shop.blocked:
            context.route(pattern, lambda route: route.abort())
        if shop.headers:
            origin = parse(shop.url).origin
            context.route(
                lambda url: parse(url).origin == origin,
                lambda route: route.continue_(headers={**route.request.headers, **shop.headers}),
            )


def _shop_of(case: Case) -> Shop:
    assert case.shop is not None, "only cases with a shop come here"
    return case.shop


def _place(shop: Shop) -> str:
    """The address where the shop listens: its own, or the one that its name stands for."""
    address = parse(shop.url)
    place = shop.hosts.get(address.host)
    return shop.url if place is None else f"{address.scheme}://{place}/"


def _on_loopback(place: str) -> str:
    host, _, port = place.rpartition(":")
    return f"{'127.0.0.1' if host == 'localhost' else host}:{port}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _pin_of(certificate: Path) -> str:
    try:
        return spki_of(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise ShopDown(
            f"The certificate {certificate} cannot be read ({error}): name the PEM file that the "
            "shop serves, relative to the case file."
        ) from None
