"""The ways in which the stand-in can be wrong on purpose: a module and a TOML file per family."""

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
from standin.faults.catalogue import Catalogue, UnknownFaultError
from standin.faults.fault import Fault

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

CATALOGUE = Catalogue(fault for family in FAMILIES for fault in family.FAULTS)

__all__ = ["CATALOGUE", "FAMILIES", "Catalogue", "Fault", "UnknownFaultError"]
