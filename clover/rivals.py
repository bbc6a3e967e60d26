"""Tell which configured URL a wrong landing is."""

from collections import Counter

from clover.address import Address
from clover.promise import Promise, Rival
from clover.template import Hole, Parts, Template, Values, fill, render, settle


def goes_to(template: Template, came: Address | None) -> bool:
    """Whether ``came`` is this URL's host and path, whatever stands in its placeholders."""
    return (
        came is not None
        and fill(template.host, came.host) is not None
        and fill(template.path, came.path, barred="/") is not None
    )


def rival_of(promise: Promise, came: Address) -> Rival | None:
    """The other configured URL that ``came`` is, if it is one.

    Where several have the same host and path, the parameters decide, then the fragment
    and the port: a shop may tell its outcomes apart by nothing else. What is no more
    like another URL than like the promised one is the promised one, gone wrong.
    """
    own = promise.landing
    rivals = [rival for rival in promise.rivals if goes_to(rival.template, came)]
    if rivals and own is not None and goes_to(own, came):
        limit = _likeness(own, came)
        rivals = [rival for rival in rivals if _likeness(rival.template, came) > limit]
    return max(rivals, key=lambda rival: _likeness(rival.template, came), default=None)


def _likeness(template: Template, came: Address) -> tuple[bool, int]:
    """How much of a URL is there: whether all of it and no more, then how much."""
    left = Counter(came.pieces)
    worth = [_take(parts, template.values, left) for parts in template.pieces]
    fragment = _worth(template.fragment, template.values, came.fragment)
    whole = (
        all(worth)
        and not left.total()
        and bool(fragment)
        and (template.address.scheme, template.address.port) == (came.scheme, came.port)
    )
    place = _worth(template.host, template.host_values, came.host)
    place += _worth(template.path, template.path_values, came.path)
    return whole, place + sum(worth) + (fragment if came.fragment else 0)


def _take(parts: Parts, values: Values, left: Counter[str]) -> int:
    """Take what this piece became out of the arrived ones; its worth, or 0."""
    settled = settle(parts, values)
    text = render(settled, {})
    if not any(isinstance(part, Hole) for part in settled) and left[text]:
        left[text] -= 1
        return 2
    if any(isinstance(part, Hole) for part in parts):
        pieces = (piece for piece in left if left[piece] and fill(parts, piece) is not None)
        if (piece := next(pieces, None)) is not None:
            left[piece] -= 1
            return 1
    return 0


def _worth(parts: Parts, values: Values, text: str) -> int:
    """2 for what was promised, 1 for something else in the place of a placeholder, else 0."""
    known = not any(isinstance(part, Hole) for part in settle(parts, values))
    if known and render(parts, values) == text:
        return 2
    return int(fill(parts, text) is not None)
