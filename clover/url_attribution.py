"""Tell which configured URL a wrong landing is."""

from collections import Counter

from clover.address import Address
from clover.expectation import Expectation, Rival
from clover.template import Pattern, Template

NOTHING, OPEN, EXACT = range(3)


def goes_to(template: Template, came: Address | None) -> bool:
    """Whether ``came`` is this URL's host and path, whatever stands in its placeholders."""
    return (
        came is not None
        and template.host.resembles(came.host)
        and template.path.resembles(came.path)
    )


def rival_of(expectation: Expectation, came: Address) -> Rival | None:
    """The other configured URL that ``came`` is, if it is one.

    Where several have the same host and path, the parameters decide, then the fragment
    and the port: a shop may tell its outcomes apart by nothing else. What is no more
    like another URL than like the promised one is the promised one, gone wrong.
    """
    own = expectation.landing
    rivals = [rival for rival in expectation.rivals if goes_to(rival.template, came)]
    if rivals and own is not None and goes_to(own, came):
        limit = _likeness(own, came)
        rivals = [rival for rival in rivals if _likeness(rival.template, came) > limit]
    return max(rivals, key=lambda rival: _likeness(rival.template, came), default=None)


def _likeness(template: Template, came: Address) -> tuple[bool, int, int]:
    """How much of a URL is there.

    First whether all of it is there and no more, then how many of its parts are there word
    for word, then how many but for their placeholders.
    """
    left = Counter(came.pieces)
    worth = [_take(pattern, left) for pattern in template.pieces]
    worth.append(_worth(template.fragment, came.fragment))
    origin = template.address.scheme, template.address.port
    whole = all(worth) and not left.total() and origin == (came.scheme, came.port)
    if not came.fragment:
        worth.pop()  # that nothing is there speaks for nobody
    worth.append(_worth(template.host, came.host))
    worth.append(_worth(template.path, came.path))
    return whole, worth.count(EXACT), worth.count(OPEN)


def _take(pattern: Pattern, left: Counter[str]) -> int:
    """Take what this piece became out of the arrived ones; what it is worth."""
    text = pattern.known
    if text is not None and left[text]:
        left[text] -= 1
        return EXACT
    for piece in left if pattern.placeholders else ():
        if left[piece] and pattern.resembles(piece):
            left[piece] -= 1
            return OPEN
    return NOTHING


def _worth(pattern: Pattern, text: str) -> int:
    """Whether a text is what was promised, or has something else in a placeholder's place."""
    if text == pattern.known:
        return EXACT
    return OPEN if pattern.resembles(text) else NOTHING
