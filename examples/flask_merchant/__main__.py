"""``python -m examples.flask_merchant``: the shop at https://localhost:5000."""

import argparse
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
    """Run until Ctrl-C; the exit code is 2 if a setting is wrong."""
    argparse.ArgumentParser(
        prog="python -m examples.flask_merchant",
        description=f"Serve the example shop at https://localhost:{PORT} until Ctrl-C. The settings"
        " come from the environment or .env; README.md beside this file lists them.",
    ).parse_args()
    load_dotenv()
    # Clover accepts HTTPS only, so the shop issues its own certificate; the browser asks once.
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
        print(f"Port {PORT} cannot be used ({error}): stop its other user.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("The shop is closed.")
    return 0


def _shop(origin: str) -> Flask:
    return create_app(read_config(os.environ, origin=origin))


if __name__ == "__main__":
    sys.exit(main())
