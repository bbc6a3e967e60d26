"""The ways in which the stand-in can be wrong on purpose: a module and a TOML file per family."""

from collections.abc import Iterable
from difflib import get_close_matches
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
    """There is no fault of this name; the message has the three that are most like it."""

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
            near = " or ".join(get_close_matches(name, self._faults, n=3, cutoff=0))
            raise UnknownFaultError(
                f"There is no fault {name!r}: did you mean {near}? docs/faults.md lists all."
            )
        return self._faults[name]

    def all(self) -> tuple[Fault, ...]:
        """Every fault."""
        return tuple(self._faults.values())


CATALOGUE = Catalogue(fault for family in FAMILIES for fault in family.FAULTS)

__all__ = ["CATALOGUE", "FAMILIES", "Catalogue", "Fault", "UnknownFaultError"]
