"""``python -m standin``: the stand-in as a server for local development."""

import argparse
import json
import shlex
import signal
import sys
import threading
from pathlib import Path
from typing import Final

import requests

from standin.behaviour import BehaviourError
from standin.faults import UnknownFaultError
from standin.integration_check import Finding
from standin.outcomes import Outcome, RedirectUrls
from standin.record import CreateCall
from standin.server import SKINS, StandIn, UnknownSkinError
from standin.serving import StandInFailed
from standin.web.api import CREATE_PATH
from standin.webhooks import is_loopback

DEFAULT_PORT: Final = 8443

_FOLDER: Final = Path(__file__).parent
_SAMPLE: Final = json.loads((_FOLDER / "sample.json").read_text(encoding="utf-8"))


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; returns the exit code."""
    options = _parse(arguments)
    ended = threading.Event()
    found: list[Finding] = []

    def report(call: CreateCall) -> None:
        found.extend(call.findings)
        if call.findings or call.status != 200:
            said = f" {call.message}" if call.message else ""
            print(
                f"\nPOST {CREATE_PATH}: {call.status}{said}", *call.findings, sep="\n  ", flush=True
            )

    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    try:
        with StandIn(
            options.behaviour,
            fault=options.fault,
            skin=options.skin,
            port=options.port,
            ca_folder=options.ca_dir,
            on_create=report,
            shows_calls=True,
        ) as standin:
            standin.merchant.urls = options.dashboard_urls
            standin.merchant.webhook_url = options.webhook_url
            standin.merchant.webhook_ca = options.webhook_ca
            print(_welcome(standin, options), flush=True)
            # Wakes once a second, because Ctrl-C cannot interrupt an endless wait on Windows.
            while not ended.wait(1):
                standin.check()
    except KeyboardInterrupt:
        pass
    except (BehaviourError, UnknownFaultError, UnknownSkinError, StandInFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("The stand-in has stopped.")
    if options.strict and found:
        print("The integration check has findings, shown above.", file=sys.stderr)
        return 1
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m standin",
        description="Serve a stand-in of Clover Hosted Checkout on this machine.",
    )
    add = parser.add_argument
    add("--port", type=int, default=DEFAULT_PORT, help="default %(default)s; 0 for any free one")
    add("--behaviour", default="documented", help="documented, measured, or a TOML file")
    add("--skin", default="classic", help=f"one of {', '.join(SKINS)}")
    add("--fault", help="be wrong in this way on purpose")
    kept = "keep the certificate authority there, so that it has to be trusted only once"
    add("--ca-dir", type=Path, metavar="FOLDER", help=kept)
    strict = "end with exit code 1 if the integration check found something in a create call"
    add("--strict", action="store_true", help=strict)
    held = "redirect URLs that the Merchant Dashboard holds: success=https://… failure=… cancel=…"
    add("--dashboard-urls", nargs="+", default=[], metavar="OUTCOME=URL", help=held)
    add("--webhook-url", default="", help="receiver of notifications, on this machine")
    add("--webhook-ca", type=Path, metavar="FILE", help="authority of the receiver's certificate")
    options = parser.parse_args(arguments)
    options.dashboard_urls = _dashboard_urls(parser, options.dashboard_urls)
    if options.webhook_url and not is_loopback(options.webhook_url):
        parser.error(f"--webhook-url is {options.webhook_url}: name a receiver on this machine.")
    # A path to a file and the name of a shipped behaviour are both allowed.
    if Path(options.behaviour).is_file():
        options.behaviour = Path(options.behaviour)
    return options


def _dashboard_urls(parser: argparse.ArgumentParser, pairs: list[str]) -> RedirectUrls:
    named = dict(pair.partition("=")[::2] for pair in pairs)
    for outcome, url in named.items():
        if outcome not in list(Outcome) or not url.startswith("https://"):
            parser.error(f"--dashboard-urls {outcome}={url}: write success=https://… and the like.")
    return RedirectUrls(**named)


def _welcome(standin: StandIn, options: argparse.Namespace) -> str:
    ca_file = options.ca_dir.resolve() / "ca.pem" if options.ca_dir else standin.ca_file
    again = "the same at every start"
    anew = "a new one at every start; --ca-dir keeps it"
    text = (_FOLDER / "welcome.txt").read_text(encoding="utf-8")
    return text.rstrip().format(
        standin=standin,
        merchant=standin.merchant,
        options=options,
        fault=options.fault or "no fault",
        ca_file=ca_file,
        quoted_ca_file=shlex.quote(str(ca_file)),
        authority=again if options.ca_dir else anew,
        path=CREATE_PATH,
        sample=json.dumps(_SAMPLE),
        minutes=standin.behaviour.session_ttl_s // 60,
        href=_sample_href(standin),
    )


def _sample_href(standin: StandIn) -> str:
    merchant = standin.merchant
    with requests.Session() as session:
        session.trust_env = False  # a proxy would not reach this machine
        answer = session.post(
            standin.api_url + CREATE_PATH,
            json=_SAMPLE,
            headers={
                "X-Clover-Merchant-Id": merchant.id,
                "Authorization": f"Bearer {merchant.token}",
            },
            verify=str(standin.ca_file),
            timeout=10,
        )
    href: str = answer.json()["href"]
    return href


if __name__ == "__main__":
    sys.exit(main())
