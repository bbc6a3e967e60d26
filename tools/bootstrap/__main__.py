"""`python -m tools.bootstrap`: set-up of the environment and the browser.

This file alone must run on older Pythons too, or they could not be told that they are too old.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Set up what is missing; the exit code is 0 when all is there."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "This project needs Python 3.11 or newer and {} is {}.{}: install one and name it,"
            " as in `make e2e PYTHON=python3.12`.\n".format(sys.executable, *sys.version_info[:2])
        )
        return 2
    from tools.bootstrap.run import run  # noqa: PLC0415 - only now is Python known to be new enough

    return run()


sys.exit(main())
