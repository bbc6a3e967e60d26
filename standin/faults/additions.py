"""Faults that append unexpected parameters."""

from collections.abc import Callable

from standin.faults import conditions
from standin.faults.fault import Hooks, read_family
from standin.faults.url_mutations import TextHook, replaced, whole_url
from standin.redirect.situation import Situation
from standin.redirect.steps import with_pair


def _pair(pair: Callable[[Situation], str]) -> TextHook:
    return lambda situation, _given, right: with_pair(right, pair(situation))


_HOOKS = {
    "session-id-appended": Hooks(append=_pair(lambda s: f"session_id={s.session_id}")),
    "order-id-appended": Hooks(append=_pair(lambda _: "order_id=7Q4XK2M9A1B3C")),
    "status-appended": Hooks(
        append=_pair(lambda s: f"status={'paid' if conditions.approved(s) else 'unpaid'}")
    ),
    "colliding-parameter-added": Hooks(
        when=conditions.approved, append=_pair(lambda s: f"s={s.session_id[:8]}")
    ),
    "second-question-mark": Hooks(append=whole_url(replaced("^[^#]*", r"\g<0>?ref=checkout"))),
    "appended-to-the-fragment": Hooks(
        append=whole_url(lambda url: f"{url}?ref=1" if "#" in url else url)
    ),
    "ampersand-left-over": Hooks(
        append=whole_url(lambda url: with_pair(url, "") if "?" in url else url)
    ),
    "question-mark-left-over": Hooks(
        append=whole_url(lambda url: url if "?" in url else with_pair(url, ""))
    ),
}

FAULTS = read_family(__file__, _HOOKS)
