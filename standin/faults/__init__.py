"""The ways in which the stand-in can be wrong on purpose, one file per family."""

from standin.faults import (
    additions,
    addresses,
    api,
    encodings,
    error_codes,
    leaks,
    navigation,
    outcomes,
    parameters,
    placeholders,
    repetitions,
    shoppers,
    sources,
    states,
)
from standin.faults.fault import Fault
from standin.faults.registry import Catalogue, UnknownFaultError

FAMILIES = (
    outcomes,
    addresses,
    parameters,
    encodings,
    additions,
    placeholders,
    error_codes,
    sources,
    navigation,
    repetitions,
    states,
    shoppers,
    leaks,
    api,
)

CATALOGUE = Catalogue()
for _family in FAMILIES:
    CATALOGUE.add(*_family.FAULTS)

__all__ = ["CATALOGUE", "FAMILIES", "Catalogue", "Fault", "UnknownFaultError"]
