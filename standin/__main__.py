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
from standin.record import CreateCall
from standin.server import SKINS, StandIn, UnknownSkinError
from standin.serving import StandInFailed
from standin.web.api import CREATE_PATH

DEFAULT_PORT: Final = 8443

_SAMPLE: Final = {
    "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"},
    "redirectUrls": {
        "success": "https://example.com/success?session_id={CHECKOUT_SESSION_ID}",
        "failure": "https://example.com/failure?error_code={ERROR_CODE}",
        "cancel": "https://example.com/cancel",
    },
    "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
}


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
        ) as standin:
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
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="default %(default)s; 0 for any free one"
    )
    parser.add_argument(
        "--behaviour", default="documented", help="documented, measured, or a TOML file"
    )
    parser.add_argument("--skin", default="classic", help=f"one of {', '.join(SKINS)}")
    parser.add_argument("--fault", help="be wrong in this way on purpose")
    parser.add_argument(
        "--ca-dir",
        type=Path,
        metavar="FOLDER",
        help="keep the certificate authority there, so that it has to be trusted only once",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="end with exit code 1 if the integration check found something in a create call",
    )
    options = parser.parse_args(arguments)
    # A path to a file and the name of a shipped behaviour are both allowed.
    if Path(options.behaviour).is_file():
        options.behaviour = Path(options.behaviour)
    return options


def _welcome(standin: StandIn, options: argparse.Namespace) -> str:
    merchant = standin.merchant
    ca_file = options.ca_dir.resolve() / "ca.pem" if options.ca_dir else standin.ca_file
    curl = (
        f"curl --cacert {shlex.quote(str(ca_file))} {standin.api_url}{CREATE_PATH} \\\n"
        f"  -H 'X-Clover-Merchant-Id: {merchant.id}' \\\n"
        f"  -H 'Authorization: Bearer {merchant.token}' \\\n"
        f"  -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(_SAMPLE)}'"
    )
    authority = (
        "the same at every start"
        if options.ca_dir
        else "a new one at every start; --ca-dir keeps it"
    )
    return f"""\
Clover Hosted Checkout, stand-in: {options.behaviour}, {options.skin}, {options.fault or "no fault"}

API base URL    {standin.api_url}
Merchant id     {merchant.id}
Private token   {merchant.token}
Authority       {ca_file} ({authority})

Dashboard       {standin.origins.dashboard}
Sign in with    {merchant.email} and {merchant.password}

Create a checkout session:

{curl}

Or open one that is there for {standin.behaviour.session_ttl_s // 60} minutes:

{_sample_href(standin)}

Test cards: 4242 4242 4242 4242 is approved, 4005 5717 0222 2222 is declined; any expiry ahead,
any CVV, any zip code.

To trust the authority: give its file to your HTTP client (requests: verify="…"; Node:
NODE_EXTRA_CA_CERTS; curl: --cacert), and import it into the browser's certificate authorities,
or click through the warning on each of the host names localhost, checkout.localhost,
fields.localhost and dashboard.localhost. Remove it there when you are done.

Ctrl-C stops the stand-in."""


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
