"""What the command prints when it has started."""

import argparse
import json
import shlex
from pathlib import Path
from typing import Final

import requests

from standin.server import StandIn
from standin.web.api import CREATE_PATH

_FOLDER: Final = Path(__file__).parent
_SAMPLE: Final = json.loads((_FOLDER / "sample.json").read_text(encoding="utf-8"))


def welcome(standin: StandIn, options: argparse.Namespace) -> str:
    """Write the addresses, the credentials and a sample request.

    A chosen token or password is not shown: it may be one of a real account.
    """
    ca_file = options.ca_dir.resolve() / "ca.pem"
    merchant = standin.merchant
    text = (_FOLDER / "welcome.txt").read_text(encoding="utf-8")
    return text.rstrip().format(
        standin=standin,
        http=f"\nWithout TLS     {standin.http_origins.api}" if standin.http_origins else "",
        merchant=merchant,
        options=options,
        token="the one given" if options.token else merchant.token,
        password="the one given" if options.dashboard_password else merchant.password,
        webhook_secret="the one given" if options.webhook_secret else merchant.webhook_secret,
        bearer="YOUR_TOKEN" if options.token else merchant.token,
        fault=options.fault or "no fault",
        ca_file=ca_file,
        quoted_ca_file=shlex.quote(str(ca_file)),
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
