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
from tests.clover.checkouts import (
    MERCHANTS,
    SESSION,
    Checkout,
    landed,
    make_arrival,
    make_hop,
    stayed,
)
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
    request, dashboard = _urls(fields, ""), _urls(fields, "dashboard ")
    outcome = Outcome(fields.get("ends", "success"))
    checkout = Checkout(request, dashboard=dashboard, outcome=outcome, href=HREF)
    return Example(checkout, fields["right"], fields["wrong"])


def _urls(fields: Mapping[str, str], prefix: str) -> dict[Outcome, str]:
    return {o: fields[f"{prefix}{o}"] for o in Outcome if f"{prefix}{o}" in fields}


def seen(story: str) -> Observation:
    """Return the observation for a line such as ``popup GET https://… then GET https://…``."""
    if story == "stays on Clover's page":
        return stayed(href=HREF)
    hops = []
    for number, step in enumerate(story.split(" then "), 2):
        *place, method, url = step.split(" ")
        hops.append(make_hop(url, number=number, place=(place or ["tab"])[0], method=method))
    ownership = HostOwnership(HREF, MERCHANTS)
    arrivals = [
        make_arrival(parse(hop.url).without_fragment, number=number, method=hop.method)
        for number, hop in enumerate(hops, 1)
        if ownership.is_merchant(hop.url)
    ]
    told = landed(hops[-1].url, href=HREF)
    return replace(told, hops=[told.hops[0], *hops], arrivals=arrivals)


def test_every_clause_has_its_section() -> None:
    """The page explains all clauses in the contract's order."""
    assert tuple(SECTIONS) == CLAUSES


@pytest.mark.parametrize("clause", CLAUSES)
def test_examples_keep_and_break_their_clause(clause: str) -> None:
    """The example called right breaks no clause, the one called wrong breaks its section's."""
    example = read(SECTIONS[clause])
    assert example.checkout.broken(seen(example.right)) == []
    assert clause in example.checkout.clauses(seen(example.wrong))
