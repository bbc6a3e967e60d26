"""The ways in which the stand-in can be wrong on purpose, one file per family."""

from standin.faults import (
    addresses,
    leaks,
    outcomes,
    parameters,
    placeholders,
    roads,
    sources,
    states,
)
from standin.faults.fault import Fault
from standin.faults.registry import Catalogue, UnknownFaultError

CATALOGUE = Catalogue()
for _family in (outcomes, addresses, parameters, placeholders, sources, roads, states, leaks):
    CATALOGUE.add(*_family.FAULTS)

__all__ = ["CATALOGUE", "Catalogue", "Fault", "UnknownFaultError"]
