"""``python -m tools.bench.mutants``: mutate the oracle, run its tests and keep the figures."""

import json
import subprocess
import sys
from pathlib import Path

from tools.command_line import Parser
from tools.measured import keep

STATS = Path("mutants/mutmut-cicd-stats.json")


def main(arguments: list[str] | None = None) -> int:
    """Run mutmut with its own arguments; return its exit code."""
    parser = Parser(
        prog="python -m tools.bench.mutants",
        usage="%(prog)s [-h] [arguments of mutmut run]",
        description=__doc__,
        allow_abbrev=False,
    )
    _, chosen = parser.parse_known_args(arguments)
    mutmut = (sys.executable, "-m", "mutmut")
    code = subprocess.run([*mutmut, "run", *chosen], check=False).returncode
    if code == 0 and not chosen:
        subprocess.run([*mutmut, "export-cicd-stats"], check=True)
        stats = json.loads(STATS.read_text(encoding="utf-8"))
        # A mutant that hangs is noticed too.
        keep("mutants", killed=stats["killed"] + stats["timeout"], total=stats["total"])
    return code


if __name__ == "__main__":
    sys.exit(main())
