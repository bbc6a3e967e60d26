"""The rules for redirect URLs, shared by API and dashboard."""

import ada_url


def problem_with(url: str, *, plain_http: bool) -> str:
    """Return why a redirect URL is refused, or an empty text if it is accepted.

    Every URL that a browser opens as HTTPS on some host is accepted and kept byte for byte:
    international names, ports, user information, backslashes, blanks and any length. What Clover
    does with the unusual ones is unknown. All others are refused, so that a redirect can never
    run a script (``javascript:``, ``data:``) or depend on the current page (``//host``,
    ``/path``).

    Args:
        url: as the merchant wrote it, placeholders included.
        plain_http: whether ``http://`` is accepted too.
    """
    try:
        parsed = ada_url.URL(url)
    except (ValueError, UnicodeEncodeError):
        return "is not a valid URL."
    allowed = ("https:", "http:") if plain_http else ("https:",)
    if parsed.protocol not in allowed:
        return "must be a secure URL that starts with https://."
    if not parsed.hostname:
        return "must name a host."
    # With one slash, ``https:/shop.example`` is a path relative to the current page.
    same = ada_url.URL(url, "https://elsewhere.example/page").href == parsed.href
    return "" if same or parsed.protocol == "http:" else "must be a full URL with two slashes."


def is_plain_http(url: str) -> bool:
    """Whether a browser would open this URL without TLS."""
    return ada_url.check_url(url) and ada_url.URL(url).protocol == "http:"
