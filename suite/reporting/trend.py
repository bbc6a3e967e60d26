"""What the history of former runs says, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Trend:
    """The last nights at a glance.

    Attributes:
        nights: how many runs are shown, this one included.
        flaky: tests that both passed and failed in them more than once.
    """

    nights: int
    pass_rate: Markup
    redirect_ms: Markup
    newly_failing: Sequence[str]
    newly_fixed: Sequence[str]
    flaky: Sequence[str]
