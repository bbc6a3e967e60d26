"""The page of the clauses: its examples are judged by the contract."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from clover.address import parse
from clover.host_ownership import HostOwnership
from clover.verdict import CLAUSES
from records.observation import Observation
from records.outcome import Outcome
from tests.clover.checkouts import SESSION, Checkout, landed, make_arrival, make_hop, stayed
from tests.docs.markdown import DOCS, sections

SECTIONS = sections(DOCS / "clauses.md")
HREF = f"https://sandbox.dev.clover.com/pay-checkout/{SESSION}?mode=checkout"
_LINE = re.compile(r"^(.+?) {2,}(.+)$|^(right|wrong|ends) +(.+)$")


@dataclass(frozen=True)
class Example:
    """The example of one clause."""

    checkout: Checkout
    right: str
    wrong: str


def read(section: str) -> Example:
    """Read the fenced block of a section."""
    block = section.split("```text\n")[1].split("```", maxsplit=1)[0]
    fields: dict[str, str] = {}
    for line in block.splitlines():
        match = _LINE.match(line)
        assert match, f"this line cannot be read: {line}"
        name, value, keyword, rest = match.groups()
        fields[name or keyword] = value or rest
    return Example(
        Checkout(
            request=_urls(fields, ""),
            dashboard=_urls(fields, "dashboard "),
            outcome=Outcome(fields.get("ends", "success")),
            href=HREF,
        ),
        fields["right"],
        fields["wrong"],
    )


def _urls(fields: Mapping[str, str], prefix: str) -> dict[Outcome, str]:
    return {
        outcome: fields[f"{prefix}{outcome}"]
        for outcome in Outcome
        if f"{prefix}{outcome}" in fields
    }


def seen(story: str) -> Observation:
    """Return the observation for a line such as ``popup GET https://… then GET https://…``."""
    if story == "stays on Clover's page":
        return stayed(href=HREF)
    steps = [step.split(" ") for step in story.split(" then ")]
    url = steps[-1][-1]
    hops = [
        make_hop(
            step[-1],
            number=number,
            place=step[0] if len(step) == 3 else "tab",
            method=step[-2],
        )
        for number, step in enumerate(steps, 2)
    ]
    ownership = HostOwnership(HREF, frozenset({".example"}))
    arrivals = [
        make_arrival(parse(hop.url).without_fragment, number=number, method=hop.method)
        for number, hop in enumerate(hops, 1)
        if ownership.is_merchant(hop.url)
    ]
    told = landed(url, href=HREF)
    return replace(told, hops=[told.hops[0], *hops], arrivals=arrivals)


def test_every_clause_has_its_section() -> None:
    """The page explains all clauses in the contract's order."""
    assert tuple(SECTIONS) == CLAUSES


@pytest.mark.parametrize("clause", CLAUSES)
def test_right_example_keeps_the_contract(clause: str) -> None:
    """The example called right breaks no clause."""
    example = read(SECTIONS[clause])
    assert example.checkout.broken(seen(example.right)) == []


@pytest.mark.parametrize("clause", CLAUSES)
def test_wrong_example_breaks_its_clause(clause: str) -> None:
    """The example called wrong breaks the clause of its section."""
    example = read(SECTIONS[clause])
    assert clause in example.checkout.clauses(seen(example.wrong))
