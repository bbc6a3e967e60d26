"""Templates rendered to responses with the security headers of a payment page."""

import secrets
from datetime import UTC, datetime
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
    """A script or style sheet of the stand-in, inserted as it is."""
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
    environment.filters["utc"] = lambda s: f"{datetime.fromtimestamp(s, UTC):%Y-%m-%d %H:%M:%S}"
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
    """Render a template with every value escaped; ``policy`` has what relaxes the strict one.

    There is no Strict-Transport-Security: it would apply to all ports of the host name, and so to
    other programs on this machine.
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
    # JSON can hold a lone surrogate, which UTF-8 cannot; it becomes a question mark.
    content = page.encode("utf-8", "replace")
    headers = {
        "content-security-policy": "; ".join(f"{key} {value}" for key, value in directives.items()),
        "referrer-policy": referrer_policy,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    return HTMLResponse(content, status_code=status, headers=headers)
