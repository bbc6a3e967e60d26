"""``python -m examples.flask_shop``: the shop at https://localhost:5000."""

import argparse
import os
import ssl
import sys
import tomllib
from pathlib import Path

from dotenv import load_dotenv

from examples.flask_shop.app import create_app
from examples.flask_shop.config import ConfigProblem, read_config

BUGS = tomllib.loads(Path(__file__).with_name("bugs.toml").read_text(encoding="utf-8"))


def main() -> int:
    """Serve until Ctrl-C or SIGTERM; the exit code is 2 if a setting is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m examples.flask_shop",
        description="Serve the example shop. Its Clover account comes from the environment or"
        " .env; README.md beside this file lists the names.",
    )
    parser.add_argument("--port", type=int, default=5000, help="default %(default)s")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE", help="PEM file: a key, then its certificate"
    )
    parser.add_argument(
        "--public-url", metavar="URL", help="the shop's address for browsers; default: localhost"
    )
    parser.add_argument("--bug", choices=BUGS, default="", metavar="NAME", help="see bugs.toml")
    options = parser.parse_args()
    load_dotenv()
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate)
    own_url = f"{'https' if tls else 'http'}://localhost:{options.port}"
    try:
        config = read_config(
            os.environ,
            public_url=options.public_url or own_url,
            own_url=own_url,
            bug=options.bug,
        )
    except ConfigProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    create_app(config).run(port=options.port, ssl_context=tls)
    return 0


if __name__ == "__main__":
    sys.exit(main())
