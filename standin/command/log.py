"""The log of answered requests: one JSON object a line, without secrets."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from standin.provider import AnswerListener
from standin.record import Answer
from standin.serving import PathRefused

#: The digits of a card, if a client sends them in an address.
_CARD: Final = re.compile(r"(?:\d ?){13,19}")


@contextmanager
def answer_log(name: str | None) -> Iterator[AnswerListener | None]:
    """Give the function that logs an answer; none without a name.

    Args:
        name: of a file, which is appended to, or ``-`` for the standard output.

    Raises:
        PathRefused: the file cannot be written.
    """
    if not name:
        yield None
        return
    try:
        file = sys.stdout if name == "-" else Path(name).open("a", encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise PathRefused(
            f"The log {name} cannot be written ({error.strerror}): name another file with --log."
        ) from None

    def write(answer: Answer) -> None:
        fields = {**asdict(answer), "path": _CARD.sub("…", answer.path)}
        moment = datetime.fromtimestamp(fields.pop("at_s"), UTC).isoformat(timespec="milliseconds")
        print(json.dumps({"time": moment, **fields}), file=file, flush=True)

    try:
        yield write
    finally:
        if file is not sys.stdout:
            file.close()
