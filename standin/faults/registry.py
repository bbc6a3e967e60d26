"""All faults by name."""

from collections.abc import Iterable

from standin.faults.fault import Fault


class UnknownFaultError(LookupError):
    """There is no fault of this name; the message lists those there are."""

    category = "suite problem"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no fault {name!r}: name one of {', '.join(known)}.")


class Catalogue:
    """Faults in the order in which they were added."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def add(self, *faults: Fault) -> None:
        """Register faults.

        Raises:
            ValueError: a name is taken.
        """
        for fault in faults:
            if fault.name in self._faults:
                raise ValueError(f"Two faults are named {fault.name!r}: rename one.")
            self._faults[fault.name] = fault

    def find(self, name: str) -> Fault:
        """The fault of this name.

        Raises:
            UnknownFaultError: there is none.
        """
        try:
            return self._faults[name]
        except KeyError:
            raise UnknownFaultError(name, self._faults) from None

    def all(self) -> tuple[Fault, ...]:
        """Every fault."""
        return tuple(self._faults.values())
