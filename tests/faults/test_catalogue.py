"""Structure of the fault catalogue."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from clover.verdict import CLAUSES
from e2e.url_shapes import SHAPES
from standin.behaviour import Behaviour
from standin.cards import CardEntry
from standin.faults import CATALOGUE, Fault
from standin.faults.fault import ASSERTION
from standin.faults.reports import CLASSES, BugClass
from standin.outcomes import NO_URLS, RedirectUrls
from standin.redirect import steps
from standin.redirect.situation import OtherSession, Situation, Trigger
from tests.docs.markdown import DOCS, sections

SOURCES = DOCS / "sources.md"
#: An issue, a standard, a measurement of another emulator, or a project that sources.md names.
REPORT = r"#\d+|CVE-\d|OWASP|vercel-labs/emulate \d|bpcbt|, named in docs/sources\.md"
NAMES = {fault.name for fault in CATALOGUE.all()}
PLAIN = Fault(name="n", breaks="", clause="", why="", source="")
ALWAYS = PLAIN.when
TEXT_HOOKS = ("substitute", "append", "encode")
URL_FAULTS = [
    fault
    for fault in CATALOGUE.all()
    if any(getattr(fault, hook) is not getattr(PLAIN, hook) for hook in TEXT_HOOKS)
]
TRIGGERS = (Trigger.APPROVED, Trigger.DECLINED, Trigger.CANCELLED)


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_two_faults(clause: str) -> None:
    """Each clause of the contract has at least two faults."""
    assert Counter(fault.clause for fault in CATALOGUE.all())[clause] >= 2


def test_every_reported_class_is_imitated() -> None:
    """The thirteen reported classes of bugs are there."""
    assert len(CLASSES) == len({each.words for each in CLASSES}) == 13


@pytest.mark.parametrize("bugs", CLASSES, ids=lambda bugs: bugs.words)
def test_reported_class_has_a_fault_that_exists(bugs: BugClass) -> None:
    """Each class has reports, and faults of the catalogue."""
    assert bugs.reports
    assert bugs.faults
    assert set(bugs.faults) <= NAMES


@pytest.mark.parametrize("fault", CATALOGUE.all(), ids=lambda fault: fault.name)
def test_fault_is_described(fault: Fault) -> None:
    """A fault has a kebab-case name, clauses that exist, texts, and a source to look up."""
    section = re.match(r"docs/sources\.md, ([^:]+)", fault.source)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", fault.name)
    assert fault.clause in ({ASSERTION} if fault.api_defects else CLAUSES)
    assert set(fault.browser_clauses) <= set(CLAUSES)
    assert fault.breaks
    assert fault.why
    assert fault.condition or fault.when is ALWAYS
    if section:
        assert any(heading.startswith(section[1]) for heading in sections(SOURCES))
    else:
        assert re.search(REPORT, fault.source)


def situations() -> Iterator[Situation]:
    """Each outcome with each URL shape of the end-to-end tests, in three sessions."""
    documented = Behaviour()
    for trigger, shape in product(TRIGGERS, SHAPES):
        urls = RedirectUrls(*(shape.url(f"https://merchant.example/r1/{name}") for name in "sfc"))
        now = Situation(trigger, "id-1", documented, urls, NO_URLS, NO_URLS, "t", "e")
        card = CardEntry("4242 4242 4242 4242", "12/30", "123", "94041")
        previous = OtherSession("id-0", urls, NO_URLS)
        yield replace(now, card=card, previous=previous, declines=1)
        yield replace(now, dashboard=urls)
        yield replace(now, behaviour=replace(documented, placeholders="verbatim"))


SITUATIONS = tuple(situations())


def changes_a_url(fault: Fault, now: Situation) -> bool:
    """Whether a text hook of a fault changes the URL of a situation."""
    outcome = steps.outcome(now)
    given = (outcome and steps.choose_urls(now).of(outcome)) or ""
    filled = steps.substitute(now, given)
    changed = {hook(now, filled, filled) for hook in (fault.append, fault.encode)}
    return {fault.substitute(now, given, filled), *changed} != {filled}


@pytest.mark.parametrize("fault", URL_FAULTS, ids=lambda fault: fault.name)
def test_url_fault_changes_a_sample_url(fault: Fault) -> None:
    """A fault of the URL's text changes at least one of the URLs that the tests configure."""
    assert any(changes_a_url(fault, now) for now in SITUATIONS)


def test_every_project_that_is_named_is_in_the_sources() -> None:
    """Each project that a source names is in docs/sources.md."""
    text = SOURCES.read_text(encoding="utf-8")
    sources = " ; ".join(fault.source for fault in CATALOGUE.all())
    for name in re.findall(r"([\w/-]+), named in docs/sources\.md", sources):
        assert name.rpartition("/")[2] in text
