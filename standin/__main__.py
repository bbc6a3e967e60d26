"""``python -m standin``: the stand-in as a server for local development."""

import signal
import sys
import threading
from collections import deque

from standin.behaviour import BehaviourError
from standin.command.log import answer_log
from standin.command.options import read_options
from standin.command.welcome import welcome
from standin.faults import UnknownFaultError
from standin.integration_check import Finding
from standin.merchants import Credentials
from standin.record import CreateCall
from standin.server import StandIn
from standin.serving import PathRefused, StandInFailed
from standin.web.api import CREATE_PATH


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; returns the exit code."""
    options = read_options(arguments)
    ended = threading.Event()
    found: deque[Finding] = deque(maxlen=1)

    def report(call: CreateCall) -> None:
        found.extend(call.findings)
        if call.findings or call.status != 200:
            said = f" {call.message}" if call.message else ""
            print(
                f"\nPOST {CREATE_PATH}: {call.status}{said}", *call.findings, sep="\n  ", flush=True
            )

    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    try:
        with (
            answer_log(options.log) as log,
            StandIn(
                options.behaviour,
                fault=options.fault,
                skin=options.skin,
                port=options.port,
                http_port=options.http,
                credentials=Credentials(
                    options.merchant_id,
                    options.token,
                    options.dashboard_password,
                    options.webhook_secret,
                ),
                ca_folder=options.ca_dir,
                state_file=options.state,
                on_create=report,
                shows_calls=True,
                on_answer=log,
                latency_ms=options.latency,
                rate_limit=options.rate_limit,
            ) as standin,
        ):
            if options.dashboard_urls.any:
                standin.merchant.urls = options.dashboard_urls
            standin.merchant.webhook_url = options.webhook_url
            standin.merchant.remote_webhooks = options.remote_webhooks
            standin.merchant.webhook_ca = options.webhook_ca
            print(welcome(standin, options), flush=True)
            # Wakes once a second, because Ctrl-C cannot interrupt an endless wait on Windows.
            while not ended.wait(1):
                standin.check()
    except KeyboardInterrupt:
        pass
    except (BehaviourError, UnknownFaultError, PathRefused) as error:
        print(error, file=sys.stderr)
        return 2
    except (StandInFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("The stand-in has stopped.")
    if options.strict and found:
        print("The integration check has findings, shown above.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
