"""Serve the shop at https://localhost:5000: ``python -m examples.flask_merchant``."""

import os
import ssl
import sys
import threading

import trustme
from dotenv import load_dotenv
from flask import Flask

from examples.flask_merchant import ConfigProblem, create_app, read_config, serve

PORT = 5000


def main() -> int:
    """Run until Ctrl-C; the exit status is 2 where the settings are wrong."""
    load_dotenv()
    # Clover takes HTTPS only, so the shop makes itself a certificate; the browser asks once.
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(tls)
    try:
        with serve(_shop, port=PORT, tls=tls) as origin:
            print(f"The shop is at {origin} until Ctrl-C.")
            threading.Event().wait()
    except ConfigProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Port {PORT} cannot be used ({error}): stop what uses it.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("The shop is closed.")
    return 0


def _shop(origin: str) -> Flask:
    return create_app(read_config(os.environ, origin=origin))


if __name__ == "__main__":
    sys.exit(main())
