"""What each test costs a merchant account: ``e2e/costs.json``, by ``python -m tools.costs``."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from clover import cards

FILE = Path(__file__).parents[1] / "e2e" / "costs.json"


@dataclass(slots=True)
class Cost:
    """What one test, or several, leave with the provider.

    Attributes:
        sessions: checkout sessions that are created.
        approved: approved payments by the card's last four digits.
        declined: declined ones.
        seconds: of a test on the stand-in.
    """

    sessions: int = 0
    approved: Counter[str] = field(default_factory=Counter)
    declined: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def payments(self) -> int:
        """The payments that are tried, approved or not."""
        return self.approved.total() + self.declined.total()

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Self:
        """Read what ``row`` has written."""
        cards_of = {name: Counter(row.get(name, {})) for name in ("approved", "declined")}
        return cls(row.get("sessions", 0), **cards_of, seconds=row["seconds"])

    def row(self) -> dict[str, Any]:
        """Return what is not nothing, for JSON; seconds in tenths, rounded up."""
        row = {"sessions": self.sessions, "approved": self.approved, "declined": self.declined}
        seconds = math.ceil(self.seconds * 10) / 10
        return {**{name: value for name, value in row.items() if value}, "seconds": seconds}

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.sessions + other.sessions,
            self.approved + other.approved,
            self.declined + other.declined,
            self.seconds + other.seconds,
        )


#: Of a test that was never measured.
UNKNOWN = Cost(1, Counter({cards.APPROVED.last_four: 1}), seconds=3.0)


class Costs:
    """The costs of all tests, by node id in Chromium."""

    def __init__(self, measured: Mapping[str, Cost]) -> None:
        self._measured = dict(measured)

    @classmethod
    def load(cls, file: Path = FILE) -> "Costs":
        """Read the file; without one nothing is measured."""
        rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        return cls({nodeid: Cost.of_row(row) for nodeid, row in rows.items()})

    def write(self, file: Path = FILE) -> None:
        """Write a line for each test, sorted."""
        rows = (
            f"{json.dumps(nodeid)}: {json.dumps(cost.row())}"
            for nodeid, cost in sorted(self._measured.items())
        )
        file.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")

    def is_measured(self, nodeid: str) -> bool:
        """Whether the test function was measured, with whatever parameters."""
        return bool(self._alike(nodeid))

    def of(self, nodeid: str) -> Cost:
        """Return the cost of a test: without a measurement the highest of its function's."""
        if nodeid in self._measured:
            return self._measured[nodeid]
        alike = self._alike(nodeid)
        return max(alike, key=lambda cost: (cost.payments, cost.sessions)) if alike else UNKNOWN

    def _alike(self, nodeid: str) -> list[Cost]:
        function = nodeid.partition("[")[0]
        return [cost for name, cost in self._measured.items() if name.partition("[")[0] == function]
