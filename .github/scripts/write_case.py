"""The case file of the workflow's form: the pasted one, or one made of the form's fields."""

import base64
import binascii
import json
import os
import sys
from collections.abc import Mapping

USUAL_CARD = {"success": "APPROVED", "failure": "DECLINED"}


def main() -> int:
    """Print the case that the environment describes."""
    pasted = os.environ.get("CASE", "").strip()
    sys.stdout.write(f"{_read(pasted)}\n" if pasted else _compose(os.environ))
    return 0


def _read(pasted: str) -> str:
    """Decode base64: the form's field holds one line only. Other text is taken as it is."""
    try:
        return base64.b64decode("".join(pasted.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return pasted


def _compose(environ: Mapping[str, str]) -> str:
    outcome = environ["OUTCOME"]
    fields = {"title": f"A reported {outcome}", "outcome": outcome}
    if card := environ.get("CARD") or USUAL_CARD.get(outcome):
        fields["card"] = card
    urls = {
        name: environ[variable]
        for name in ("success", "failure", "cancel")
        if environ.get(variable := f"{name.upper()}_URL")
    }
    # A JSON string is a TOML string too.
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
    lines += ["", "[request]", *(f"{name} = {json.dumps(url)}" for name, url in urls.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
