"""The ways in which the stand-in can be wrong on purpose: a module and a TOML file per family."""

from collections.abc import Iterable
from importlib import import_module

from standin.faults.fault import Fault

#: In the order of docs/faults.md.
FAMILIES = tuple(
    import_module(f"{__name__}.{name}")
    for name in (
        *("outcomes", "addresses", "parameters", "encodings", "additions", "placeholders"),
        *("error_codes", "sources", "navigation", "repetitions", "states", "shoppers"),
        *("leaks", "api"),
    )
)


class UnknownFaultError(LookupError):
    """There is no fault of this name; the message lists the names that exist."""

    category = "suite problem"


class Catalogue:
    """Faults in the order in which they were given; their names differ."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults = {fault.name: fault for fault in faults}

    def find(self, name: str) -> Fault:
        """The fault of this name.

        Raises:
            UnknownFaultError: there is none.
        """
        if name not in self._faults:
            known = ", ".join(self._faults)
            raise UnknownFaultError(f"There is no fault {name!r}: name one of {known}.")
        return self._faults[name]

    def all(self) -> tuple[Fault, ...]:
        """Every fault."""
        return tuple(self._faults.values())


CATALOGUE = Catalogue(fault for family in FAMILIES for fault in family.FAULTS)

__all__ = ["CATALOGUE", "FAMILIES", "Catalogue", "Fault", "UnknownFaultError"]
