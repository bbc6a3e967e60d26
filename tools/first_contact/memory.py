"""What is known of a target, kept on disk so that an interrupted first contact can go on."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from tools.observe.questions import Notes


@dataclass(slots=True)
class Memory:
    """Everything spent and learnt so far.

    Attributes:
        target: the API's address and the merchant's id; another target starts anew.
        sessions: created, or set aside for a step that did not end.
        payments: tried, likewise.
        done: names of the steps that ended.
        notes: the answers.
        visits: evidence for the answers.
    """

    target: str
    sessions: int = 0
    payments: int = 0
    done: list[str] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    visits: list[dict[str, object]] = field(default_factory=list)

    @classmethod
    def load(cls, file: Path, target: str) -> Self:
        """Read what is known of this target: nothing if the file is broken or another one's."""
        try:
            kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            seen, missed = kept["notes"]["seen"], kept["notes"]["missed"]
            notes = Notes({key: (text, value) for key, (text, value) in seen.items()}, missed)
            memory = cls(**{**kept, "notes": notes})
        except (OSError, ValueError, TypeError, KeyError):
            return cls(target)
        return memory if memory.target == target else cls(target)

    def save(self, file: Path, scrub: Callable[[str], str]) -> None:
        """Write everything down, without secrets; a file is whole or it is the one before."""
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(scrub(json.dumps(asdict(self), indent=1)), encoding="utf-8")
        new.replace(file)

    def forget_reasons(self, keys: Iterable[str]) -> None:
        """Forget why these questions stayed open, since they are tried again."""
        for key in keys:
            self.notes.missed.pop(key, None)
