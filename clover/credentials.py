"""Check that an HTTP header can carry a merchant id or token."""

import re

_NOT_ALLOWED = re.compile(r"[^!-~]")


class HeaderProblem(ValueError):
    """A value that an HTTP header cannot carry."""

    category = "suite problem"


def credential_flaw(value: str) -> str:
    """Return why a header cannot carry a merchant id or token, without the value; or empty."""
    if not value:
        return "is empty"
    odd = _NOT_ALLOWED.search(value)
    if odd is None:
        return ""
    what = "a blank or line break" if odd[0].isspace() else "a character outside of plain ASCII"
    return f"has {what} at position {odd.start() + 1} of {len(value)}"
