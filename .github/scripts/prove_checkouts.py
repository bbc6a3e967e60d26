"""Proof that a run drove checkouts: a green run alone may come from tests that did nothing.

The script reads the evidence of the tests, not their results. A checkout counts when the browser
received its hosted page, and as landed when the browser reached the merchant.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> int:
    """Count the checkouts; return 1 if there are too few."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, help="results folder of the run")
    parser.add_argument("--at-least", type=int, required=True, help="smallest number of checkouts")
    parser.add_argument(
        "--landed", type=int, default=1, help="smallest number that landed (default 1)"
    )
    chosen = parser.parse_args()
    verdicts = list(_verdicts(chosen.results))
    driven = {verdict["session_id"] for verdict in verdicts if _is_driven(verdict)}
    landed = {verdict["session_id"] for verdict in verdicts if verdict.get("landed_url")} & driven
    print(f"{len(driven)} checkouts were driven, and {len(landed)} of them landed.")
    if len(driven) >= chosen.at_least and len(landed) >= chosen.landed:
        return 0
    print(
        f"{chosen.results} needs {chosen.at_least} checkouts or more, and {chosen.landed} landed:"
        " this run proves nothing; see its log for the cause.",
        file=sys.stderr,
    )
    return 1


def _verdicts(results: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(results.rglob("evidence.json")):
        yield from json.loads(path.read_text(encoding="utf-8")).get("verdicts", ())


def _is_driven(verdict: dict[str, Any]) -> bool:
    answered = any(hop.get("status") == 200 for hop in verdict.get("hops", ()))
    return bool(verdict.get("session_id")) and answered


if __name__ == "__main__":
    sys.exit(main())
