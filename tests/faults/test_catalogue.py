"""The fault catalogue: size, coverage of the clauses and reported bugs, and sources."""

import re
from collections import Counter

import pytest

from clover.verdict import CLAUSES
from standin.faults import CATALOGUE, FAMILIES, Fault
from standin.faults.fault import ASSERTION
from standin.faults.reports import CLASSES, BugClass
from tests.docs.markdown import DOCS, sections

SOURCES = DOCS / "sources.md"
#: An issue, a standard, a measurement of another emulator, or a project that sources.md names.
REPORT = r"#\d+|CVE-\d|OWASP|vercel-labs/emulate \d|bpcbt|, named in docs/sources\.md"
NAMES = {fault.name for fault in CATALOGUE.all()}


def test_catalogue_is_large_enough() -> None:
    """The catalogue has at least 60 faults, and each family at least five."""
    assert len(CATALOGUE.all()) >= 60
    assert all(len(family.FAULTS) >= 5 for family in FAMILIES)


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_two_faults(clause: str) -> None:
    """At least two faults break each clause."""
    by_clause = Counter(fault.clause for fault in CATALOGUE.all())

    assert by_clause[clause] >= 2


def test_every_reported_class_is_imitated() -> None:
    """The catalogue covers the thirteen classes of bugs that people have reported."""
    assert len(CLASSES) == 13
    assert len({each.words for each in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("bugs", CLASSES, ids=lambda bugs: bugs.words)
def test_reported_class_has_a_fault_that_exists(bugs: BugClass) -> None:
    """Each class of bugs names its reports and catalogued faults."""
    assert bugs.reports
    assert bugs.faults
    assert set(bugs.faults) <= NAMES


@pytest.mark.parametrize("fault", CATALOGUE.all(), ids=lambda fault: fault.name)
def test_fault_has_a_source_to_look_up(fault: Fault) -> None:
    """A source is a numbered public report, a standard or a section of docs/sources.md."""
    section = re.match(r"docs/sources\.md, ([^:]+)", fault.source)

    if section:
        assert any(heading.startswith(section[1]) for heading in sections(SOURCES))
    else:
        assert re.search(REPORT, fault.source)


def test_every_project_that_is_named_is_in_the_sources() -> None:
    """docs/sources.md contains each project that a fault refers to."""
    text = SOURCES.read_text(encoding="utf-8")
    sources = " ; ".join(fault.source for fault in CATALOGUE.all())

    for name in re.findall(r"([\w/-]+), named in docs/sources\.md", sources):
        assert name.rpartition("/")[2] in text


def test_faults_of_the_api_are_seen_by_assertions() -> None:
    """A fault that redirects nobody is caught by an assertion, not by a clause."""
    for fault in CATALOGUE.all():
        assert (fault.clause == ASSERTION) == bool(fault.lapses)
