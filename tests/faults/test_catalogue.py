"""The catalogue is large enough, covers what it must, and each fault has a test that sees it."""

import json
import re
from collections import Counter

import pytest

from clover.verdict import CLAUSES
from standin.faults import CATALOGUE, FAMILIES, Fault
from standin.faults.fault import ASSERTION
from standin.faults.reports import CLASSES, BugClass
from tests.docs.markdown import DOCS, sections

KILLS = json.loads((DOCS.parent / "e2e" / "kill_matrix.json").read_text(encoding="utf-8"))["kills"]
SOURCES = DOCS / "sources.md"
#: An issue, a standard, a measurement of another emulator, or a project that sources.md names.
REPORT = r"#\d+|CVE-\d|OWASP|vercel-labs/emulate \d|bpcbt|, named in docs/sources\.md"
NAMES = {fault.name for fault in CATALOGUE.all()}


def test_catalogue_is_large_enough() -> None:
    """There are sixty faults and more, in families that all have some."""
    assert len(CATALOGUE.all()) >= 60
    assert all(len(family.FAULTS) >= 5 for family in FAMILIES)


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_two_faults(clause: str) -> None:
    """No clause of the contract rests on a single proof."""
    by_clause = Counter(fault.clause for fault in CATALOGUE.all())

    assert by_clause[clause] >= 2


def test_every_reported_class_is_imitated() -> None:
    """The thirteen classes of bugs that people have reported are there, with their reports."""
    assert len(CLASSES) == 13
    assert len({each.words for each in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("bugs", CLASSES, ids=lambda bugs: bugs.words)
def test_reported_class_has_a_fault_that_exists(bugs: BugClass) -> None:
    """Each class names its reports, and faults that are in the catalogue."""
    assert bugs.reports
    assert bugs.faults
    assert set(bugs.faults) <= NAMES


@pytest.mark.parametrize("fault", CATALOGUE.all(), ids=lambda fault: fault.name)
def test_fault_has_a_source_to_look_up(fault: Fault) -> None:
    """A public report by its number, a standard, or a section of docs/sources.md."""
    section = re.match(r"docs/sources\.md, ([^:]+)", fault.source)

    if section:
        assert any(heading.startswith(section[1]) for heading in sections(SOURCES))
    else:
        assert re.search(REPORT, fault.source)


def test_every_fault_has_a_killer() -> None:
    """The kill matrix names a test for each fault, and no fault that does not exist."""
    assert set(KILLS) == NAMES
    assert all(KILLS.values())


def test_every_project_that_is_named_is_in_the_sources() -> None:
    """Who looks a project's name up in docs/sources.md finds it there."""
    text = SOURCES.read_text(encoding="utf-8")
    sources = " ; ".join(fault.source for fault in CATALOGUE.all())

    for name in re.findall(r"([\w/-]+), named in docs/sources\.md", sources):
        assert name.rpartition("/")[2] in text


def test_faults_of_the_api_are_seen_by_assertions() -> None:
    """Where nobody is redirected there is no clause to break."""
    for fault in CATALOGUE.all():
        assert (fault.clause == ASSERTION) == bool(fault.lapses)
