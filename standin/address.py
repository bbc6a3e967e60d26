"""Which redirect URLs a merchant may configure, by API or on the dashboard."""

import ada_url


def problem_with(url: str, *, plain_http: bool) -> str:
    """Why a redirect URL is refused; empty when it is taken.

    Whatever a browser would open as HTTPS on some host is taken, and kept byte for byte:
    international names, ports, user information, backslashes, blanks and any length. What Clover
    itself makes of the unrelated ones of these is unknown. Everything else is refused, so that a
    redirect can never run a script (``javascript:``, ``data:``) or depend on the page it leaves
    (``//host``, ``/path``).

    Args:
        url: as the merchant wrote it, placeholders included.
        plain_http: whether ``http://`` is taken too.
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
    # Without its slashes, ``https:/shop.example`` is a path on whatever page it is opened from.
    same = ada_url.URL(url, "https://elsewhere.example/page").href == parsed.href
    return "" if same or parsed.protocol == "http:" else "must be a full URL with two slashes."


def is_plain_http(url: str) -> bool:
    """Whether a browser would open this URL without TLS."""
    return ada_url.check_url(url) and ada_url.URL(url).protocol == "http:"
