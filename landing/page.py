"""HTML page of the merchant's site, which shows the arrival part by part.

It requests nothing and sets no policy that changes the browser's next requests, so that it never
causes another arrival.
"""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import unquote_plus

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from records.observation import Arrival

TITLES = {
    "success": "Payment went through",
    "failure": "Payment did not go through",
    "cancel": "Payment was cancelled",
}
SHOWN_HEADERS = {
    *("referer", "origin", "user-agent", "accept-language", "content-type"),
    *("sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"),
}

_FOLDER = Path(__file__).parent
STYLE = (_FOLDER / "page.css").read_text("utf-8")
SCRIPT = (_FOLDER / "page.js").read_text("utf-8")
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_ENVIRONMENT.filters["decoded"] = unquote_plus


def render(arrival: Arrival) -> str:
    """Return the HTML page for an arrival, with everything in it escaped."""
    scheme, _, rest = arrival.url.partition("://")
    path, _, query = arrival.target.partition("?")
    outcome = _outcome(path)
    return _ENVIRONMENT.get_template("page.html").render(
        arrival=arrival,
        title=TITLES.get(outcome, "Someone arrived"),
        outcome=outcome,
        scheme=scheme,
        host=rest.partition("/")[0],
        path=path,
        query=query,
        headers=[pair for pair in arrival.headers if pair[0] in SHOWN_HEADERS],
        style=Markup(STYLE),  # noqa: S704 - a file of ours, with no value in it
        script=Markup(SCRIPT),  # noqa: S704
    )


def content_security_policy() -> str:
    """Return a policy that allows the page's style and script only.

    It allows framing, because a landing inside a frame must be recorded, not blocked.
    """
    return (
        f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _outcome(path: str) -> str:
    words = set(re.split(r"[^a-z]+", path.lower()))
    named = [outcome for outcome in TITLES if outcome in words]
    return named[0] if len(named) == 1 else "other"
