"""What many runs came to: counts, and how to repeat whatever went wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from records.recorded_test import TestRecord

BAD = ("failed", "error")


@dataclass(frozen=True, slots=True)
class Soaked:
    """One run.

    Attributes:
        number: 1, 2, …
        conditions: under which it ran, in words; empty where there were none.
        code: pytest's exit code; None for a run that was cut short.
        words: the end of what pytest printed, shown where no test can be blamed.
    """

    number: int
    seed: int
    conditions: str
    code: int | None
    seconds: float
    records: tuple[TestRecord, ...]
    words: str = ""

    def count(self, status: str) -> int:
        """How many tests ended so."""
        return sum(record.status == status for record in self.records)

    @property
    def tests(self) -> int:
        """How many tests came to an end of their own."""
        return sum(record.status not in {"running", "skipped"} for record in self.records)

    @property
    def is_green(self) -> bool:
        """Whether it went through, tested something, and nothing was wrong."""
        return self.code == 0 and self.tests > 0 and not any(map(self.count, BAD))

    @property
    def line(self) -> str:
        """The run on one line."""
        ended = "" if self.code is not None else "  cut short"
        counts = f"{self.tests} tests, {self.count('failed')} failed, {self.count('error')} errors"
        where = f"  {self.conditions}" if self.conditions else ""
        return f"run {self.number}  seed {self.seed}{where}  {counts}  {self.seconds:.0f} s{ended}"


@dataclass(slots=True)
class Tally:
    """All runs so far."""

    runs: list[Soaked] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 only if at least one run went through and every one that did was green."""
        finished = [run for run in self.runs if run.code is not None]
        cut_short = [run for run in self.runs if run.code is None]
        bad = [run for run in cut_short if any(map(run.count, BAD))]
        return 0 if finished and not bad and all(run.is_green for run in finished) else 1

    def lines(self) -> Iterator[str]:
        """The totals, then each problem with the command that repeats it."""
        finished = sum(run.code is not None for run in self.runs)
        short = len(self.runs) - finished
        yield (
            f"{finished} runs{f' and {short} cut short' if short else ''}, "
            f"{self._sum('tests')} tests, {self._count('failed')} failures, "
            f"{self._count('error')} errors, {sum(run.is_green for run in self.runs)} runs green"
        )
        for run in self.runs:
            yield from _problems(run)

    def _sum(self, name: str) -> int:
        return sum(getattr(run, name) for run in self.runs)

    def _count(self, status: str) -> int:
        return sum(run.count(status) for run in self.runs)


def _problems(run: Soaked) -> Iterator[str]:
    bad = [record for record in run.records if record.status in BAD]
    for record in bad:
        yield ""
        yield f"run {run.number}, {record.status}: {record.nodeid}"
        yield from (f"  {problem.headline}" for problem in record.problems)
        yield f"  {record.repro}"
    if not bad and run.code is not None and not run.is_green:
        yield ""
        yield f"run {run.number} ended with code {run.code} and {run.tests} tests; it said:"
        yield from _indented(run.words.splitlines()[-12:])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
