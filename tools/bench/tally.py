"""Results of many runs: counts, and how to repeat each failure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from records.recorded_test import TestRecord

BAD = ("failed", "error")


@dataclass(frozen=True, slots=True)
class Soaked:
    """One run.

    Attributes:
        number: counts from 1.
        conditions: in words, or nothing.
        code: pytest's exit code, or None if the run was cut short.
        output: of pytest; its end is shown for a failure that no test explains.
    """

    number: int
    seed: int
    conditions: str
    code: int | None
    seconds: float
    records: tuple[TestRecord, ...]
    output: str = ""

    def count(self, *statuses: str) -> int:
        """The number of tests with one of these statuses."""
        return sum(record.status in statuses for record in self.records)

    @property
    def tests(self) -> int:
        """The number of tests that ended; skipped ones do not count."""
        return len(self.records) - self.count("running", "skipped")

    @property
    def is_green(self) -> bool:
        """Whether the run ended, and its tests passed."""
        return self.code == 0 and self.tests > 0 and not self.count(*BAD)

    @property
    def line(self) -> str:
        """The run on one line."""
        ended = "" if self.code is not None else "  cut short"
        counts = f"{self.tests} tests, {self.count('failed')} failed, {self.count('error')} errors"
        where = f"  {self.conditions}" if self.conditions else ""
        return f"run {self.number}  seed {self.seed}{where}  {counts}  {self.seconds:.0f} s{ended}"


def exit_code(runs: Sequence[Soaked]) -> int:
    """Return 0 if a run ended, all that ended are green, and no run had a failure, else 1."""
    ended = [run for run in runs if run.code is not None]
    bad = any(run.count(*BAD) for run in runs)
    return 0 if ended and not bad and all(run.is_green for run in ended) else 1


def summary(runs: Sequence[Soaked]) -> Iterator[str]:
    """Yield the totals, then each failure with the command that repeats it."""
    ended = sum(run.code is not None for run in runs)
    short = len(runs) - ended
    yield (
        f"{ended} runs{f' and {short} cut short' if short else ''}, "
        f"{sum(run.tests for run in runs)} tests, "
        f"{sum(run.count('failed') for run in runs)} failures, "
        f"{sum(run.count('error') for run in runs)} errors, "
        f"{sum(run.is_green for run in runs)} runs green"
    )
    for run in runs:
        bad = [record for record in run.records if record.status in BAD]
        for record in bad:
            yield f"\nrun {run.number}, {record.status}: {record.nodeid}"
            yield from (f"  {problem.headline}" for problem in record.problems)
            yield f"  {record.repro}"
        if run.code is not None and not run.is_green and not bad:
            yield f"\nrun {run.number} ended with code {run.code} and {run.tests} tests:"
            yield from (f"  {line}" for line in run.output.splitlines()[-12:])
