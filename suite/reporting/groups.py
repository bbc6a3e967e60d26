"""Problems grouped by cause: all reports show each cause once, with one example.

Two tests belong to one group if category, known cause (or violated clauses) and kind of difference
are the same. The name of the test says nothing about the cause.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from records.recorded_test import Problem, TestRecord
from records.verdict import Verdict
from suite.reporting.categories import REDIRECT_BUG, rank
from suite.reporting.failure_text import promise_lines, repeat_lines
from suite.reporting.known_causes import causes

NEW = "new"
#: Ids, ports and times, which differ between tests with the same cause.
_VARYING = re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{5,}")


@dataclass(frozen=True, slots=True)
class Group:
    """Tests that are red for the same reason.

    Attributes:
        words: the cause in one sentence.
        records: at least one; the first of them is the example.
        age: "new", "known since" with a date, or "" without a history.
    """

    category: str
    words: str
    records: Sequence[TestRecord]
    age: str = ""

    @property
    def example(self) -> TestRecord:
        """The test that stands for all."""
        return self.records[0]


def group(records: Sequence[TestRecord], red_since: Mapping[str, str] | None = None) -> list[Group]:
    """Return a group for each reason: new ones first, then by category, then the largest first.

    Args:
        records: of one run; those without a problem are left out.
        red_since: the date since which a test is red with its present reason, by ``circumstances``;
            None without a history.
    """
    found: dict[str, list[TestRecord]] = {}
    for record in records:
        if record.problems:
            found.setdefault(reason(record), []).append(record)
    groups = [
        Group(alike[0].category, _words(alike[0]), alike, _age(alike, red_since))
        for alike in found.values()
    ]
    return sorted(groups, key=lambda one: (one.age != NEW, rank(one.category), -len(one.records)))


def circumstances(record: TestRecord) -> str:
    """Return the test with its circumstances, because only results under the same ones compare."""
    facts = [record.run.get("target", ""), record.base_behaviour, record.run.get("browser", "")]
    return f"{record.nodeid} ({', '.join(fact for fact in facts if fact)})"


def reason(record: TestRecord) -> str:
    """Return what tests with the same cause have in common; "" without a problem."""
    found = (f"{one.category}: {_reason(record, one)}" for one in record.problems)
    return " + ".join(dict.fromkeys(found))


def steady(text: str) -> str:
    """Return ``text`` without what differs between two runs: ids, ports and times."""
    return _VARYING.sub("…", text)


def _reason(record: TestRecord, problem: Problem) -> str:
    if verdict := _verdict(record, problem):
        named = [cause.name for cause in causes(verdict, most=1)] or verdict.clauses
        return "; ".join([*named, *_kinds(verdict)]) or verdict.undecided
    if problem.traceback:  # its last line has the place of the assertion
        return steady(problem.headline) + problem.traceback.rstrip().rpartition("\n")[2]
    own = {*promise_lines(record), *repeat_lines(record)}
    return steady("\n".join(line for line in problem.text.splitlines() if line not in own))


def _words(record: TestRecord) -> str:
    problem = record.problems[0]
    if (verdict := _verdict(record, problem)) and verdict.violations:
        looks_like = [f"possibly {cause.looks_like}" for cause in causes(verdict, most=1)]
        told = looks_like or _kinds(verdict) or [verdict.expectation]
        return f"{', '.join(verdict.clauses)}: {', '.join(told)}"
    return problem.headline


def _verdict(record: TestRecord, problem: Problem) -> Verdict | None:
    """The verdict that a problem is about, if it is about one."""
    verdict = record.verdict
    about = problem.category == REDIRECT_BUG and not problem.traceback
    return verdict if about and verdict and not verdict.kept else None


def _kinds(verdict: Verdict) -> list[str]:
    """Return how the landing differs, each kind once: "query lost", "path changed"."""
    found = set()
    for one in (violation.difference for violation in verdict.violations):
        if one is not None:
            how = "added" if one.expected is None else "lost" if one.came is None else "changed"
            found.add(f"{one.part} {how}")
    return sorted(found)


def _age(records: Sequence[TestRecord], red_since: Mapping[str, str] | None) -> str:
    if red_since is None:
        return ""
    since = {red_since.get(circumstances(record), "") for record in records} - {""}
    return f"known since {min(since)}" if since else NEW
