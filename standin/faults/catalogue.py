"""All faults by name."""

from collections.abc import Iterable

from standin.faults.fault import Fault


class UnknownFaultError(LookupError):
    """There is no fault of this name; the message lists the names that exist."""

    category = "suite problem"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no fault {name!r}: name one of {', '.join(known)}.")


class Catalogue:
    """Faults in the order in which they were given.

    Raises:
        ValueError: two faults have the same name.
    """

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults: dict[str, Fault] = {}
        for fault in faults:
            if fault.name in self._faults:
                raise ValueError(f"Two faults are named {fault.name!r}: rename one.")
            self._faults[fault.name] = fault

    def find(self, name: str) -> Fault:
        """The fault of this name.

        Raises:
            UnknownFaultError: there is none.
        """
        if name not in self._faults:
            raise UnknownFaultError(name, self._faults)
        return self._faults[name]

    def all(self) -> tuple[Fault, ...]:
        """Every fault."""
        return tuple(self._faults.values())
