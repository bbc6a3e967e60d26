"""`python -m tools.bootstrap`: set-up of the environment and the browser.

This file must run on older Pythons too, so that it can report that they are too old.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Set up what is missing; return 0 when everything is there."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "This project needs Python 3.11 or newer, and {} is {}.{}: install a newer one and name"
            " it, as in `make e2e PYTHON=python3.12`.\n".format(
                sys.executable, *sys.version_info[:2]
            )
        )
        return 2
    from tools.bootstrap.run import main as run  # noqa: PLC0415 - needs a Python that is new enough

    return run(sys.argv[1:])


sys.exit(main())
