"""Attribution of a wrong landing to another configured URL."""

from collections import Counter

from clover.address import Address
from clover.expectation import Expectation, OtherUrl
from clover.template import Pattern, Template

DIFFERENT, SIMILAR, EQUAL = range(3)


def shares_host_and_path(template: Template, came: Address | None) -> bool:
    """Whether ``came`` has this URL's host and path, with any values of the placeholders."""
    return (
        came is not None
        and template.host.resembles(came.host)
        and template.path.resembles(came.path)
    )


def find_other_url(expectation: Expectation, came: Address) -> OtherUrl | None:
    """Return the other configured URL that the browser went to, or None.

    Of several URLs with the same host and path, the most similar one is returned: a merchant
    may tell outcomes apart by a parameter, the fragment or the port alone. A URL that is no
    more similar than the expected one is taken for a spoilt expected one.
    """
    own = expectation.landing
    others = [o for o in expectation.other_urls if shares_host_and_path(o.template, came)]
    if others and own is not None and shares_host_and_path(own, came):
        limit = _similarity(own, came)
        others = [other for other in others if _similarity(other.template, came) > limit]
    return max(others, key=lambda other: _similarity(other.template, came), default=None)


def _similarity(template: Template, came: Address) -> tuple[bool, int, int]:
    """Rank: whether everything came and nothing else, then the equal parts, then the similar."""
    left = Counter(came.pieces)
    parts = [_take(pattern, left) for pattern in template.pieces]
    parts.append(_compare(template.fragment, came.fragment))
    origin = template.address.scheme, template.address.port
    complete = all(parts) and not left.total() and origin == (came.scheme, came.port)
    if not came.fragment:
        parts.pop()  # an absent fragment is evidence for no URL
    parts.append(_compare(template.host, came.host))
    parts.append(_compare(template.path, came.path))
    return complete, parts.count(EQUAL), parts.count(SIMILAR)


def _take(pattern: Pattern, left: Counter[str]) -> int:
    """Remove what a parameter became from the landed ones, and say how well it matches."""
    text = pattern.known
    if text is not None and left[text]:
        left[text] -= 1
        return EQUAL
    for piece in left if pattern.placeholders else ():
        if left[piece] and pattern.resembles(piece):
            left[piece] -= 1
            return SIMILAR
    return DIFFERENT


def _compare(pattern: Pattern, text: str) -> int:
    if text == pattern.known:
        return EQUAL
    return SIMILAR if pattern.resembles(text) else DIFFERENT
