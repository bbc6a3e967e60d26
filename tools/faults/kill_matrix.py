"""The kill matrix: the end-to-end tests that each fault turns red, as measured."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FILE = Path(__file__).parents[2] / "e2e" / "kill_matrix.json"


@dataclass(frozen=True, slots=True)
class Kill:
    """One test that failed because of a fault, and the clauses that its failure named."""

    test: str
    clauses: tuple[str, ...]

    @property
    def function(self) -> str:
        """The node id without its parameters."""
        return function_of(self.test)


def function_of(nodeid: str) -> str:
    """Return the test function of a node id, without its parameters."""
    return nodeid.partition("[")[0]


@dataclass(slots=True)
class KillMatrix:
    """Content of ``e2e/kill_matrix.json``.

    Attributes:
        kills: fault -> node id -> clauses. One item per test function is enough.
        without_fault: test function -> the reason why no fault can turn it red.
    """

    kills: dict[str, dict[str, list[str]]]
    without_fault: dict[str, str]

    @classmethod
    def load(cls, file: Path = FILE) -> Self:
        """Read the matrix."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))

    def write(self, file: Path = FILE) -> None:
        """Write the matrix sorted, with one line for each entry."""
        file.write_text(
            f'{{\n"kills": {_lines(self.kills)},\n'
            f'"without_fault": {_lines(self.without_fault)}\n}}\n',
            encoding="utf-8",
        )

    def killers(self, fault: str) -> list[str]:
        """Return the test functions that kill a fault."""
        return list(dict.fromkeys(map(function_of, self.kills.get(fault, ()))))

    def functions(self) -> set[str]:
        """Return the test functions that kill any fault."""
        return {function for fault in self.kills for function in self.killers(fault)}

    def record(self, fault: str, kills: Iterable[Kill], tried: Collection[str]) -> None:
        """Replace what is known of the functions that were tried.

        A function that was not listed for the fault is added only if the fault has no killer or
        the function kills no other fault, so that a proof stays short.
        """
        listed = set(self.killers(fault))
        entry = {
            test: clauses
            for test, clauses in self.kills.get(fault, {}).items()
            if function_of(test) not in tried
        }
        for kill in kills:
            needed = not (listed or entry) or kill.function not in self.functions()
            if needed or kill.function in listed:
                entry[kill.test] = sorted({*entry.get(kill.test, ()), *kill.clauses})
        self.kills[fault] = entry


def _lines(table: Mapping[str, object]) -> str:
    rows = (
        f"{json.dumps(key)}: {json.dumps(value, sort_keys=True)}"
        for key, value in sorted(table.items())
    )
    return "{\n" + ",\n".join(rows) + "\n}"
