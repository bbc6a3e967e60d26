"""The folders of a run: where the suite is, and where its user works."""

from pathlib import Path
from typing import Final

#: Holds the packages of the suite: a checkout, or ``site-packages``.
PACKAGES: Final = Path(__file__).resolve().parents[1]
IS_CHECKOUT: Final = (PACKAGES / "pyproject.toml").is_file()
#: Holds ``.env`` and ``.auth``: the checkout, or the current folder if the suite is installed.
HOME: Final = PACKAGES if IS_CHECKOUT else Path.cwd()


def from_here(path: Path) -> Path:
    """Return a path as a reader in the current folder would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
