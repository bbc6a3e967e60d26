"""Templates into responses, with the headers that a payment page has."""

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from standin.money import dollars

_FOLDER = Path(__file__).resolve().parent.parent / "templates"


@cache
def _source(name: str) -> Markup:
    """A script or style sheet of ours, to stand inline as it is."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - no value in it


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dollars"] = dollars
    environment.globals["source"] = _source
    return environment


def html(
    template: str,
    *,
    status: int = 200,
    policy: dict[str, str] | None = None,
    referrer_policy: str = "strict-origin",
    **values: Any,
) -> HTMLResponse:
    """Render a template, every value escaped.

    There is no Strict-Transport-Security here: it would bind the name on all ports, and with it
    other programs on this machine.

    Args:
        template: its path below the folder of templates.
        status: of the response.
        policy: directives of the content security policy that differ from the strict ones.
        referrer_policy: of the page.
        values: what the template shows.
    """
    nonce = secrets.token_urlsafe(12)
    directives = {
        "default-src": "'none'",
        "script-src": f"'nonce-{nonce}'",
        "style-src": f"'nonce-{nonce}'",
        "img-src": "data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        **(policy or {}),
    }
    page = _environment().get_template(template).render(nonce=nonce, **values)
    # JSON can carry half of a surrogate pair, which no encoding can; it shows as a question mark.
    content = page.encode("utf-8", "replace")
    headers = {
        "content-security-policy": "; ".join(f"{key} {value}" for key, value in directives.items()),
        "referrer-policy": referrer_policy,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    return HTMLResponse(content, status_code=status, headers=headers)
