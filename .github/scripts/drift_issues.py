"""One issue for each change of the target: opened once, however many nights it stays.

Environment: GH_REPO and GH_TOKEN for ``gh``, and the address of the run in RUN_URL. The argument is
the ``drift.json`` of an observation; without that file there is nothing to report.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

LABEL = "drift"


def main() -> int:
    """Open an issue for each change that has none yet."""
    file = Path(sys.argv[1])
    if not file.is_file():
        return 0
    drift = json.loads(file.read_text(encoding="utf-8"))
    if not drift["changes"]:
        return 0
    _gh("label", "create", LABEL, "--color", "FBCA04", "--description", "Clover changed", "--force")
    listed = _gh("issue", "list", "--label", LABEL, "--state", "open", "--json", "title")
    known = {issue["title"] for issue in json.loads(listed)}
    for change in drift["changes"]:
        title = f"Clover changed: {change['question']} {change['now']}"[:200]
        cells = [_cell(change[name]) for name in ("question", "then", "now")]
        body = (
            f"| question | {drift['then']} | {drift['now']} |\n|---|---|---|\n"
            f"| {' | '.join(cells)} |\n\n"
            f"Seen by {os.environ['RUN_URL']}. Put it into docs/sources.md and into a behaviour, or"
            " close this issue if it is a bug of Clover's that you have reported."
        )
        if title not in known:
            _gh("issue", "create", "--title", title, "--label", LABEL, "--body", body)
    return 0


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _gh(*arguments: str) -> str:
    """Call GitHub's client, which every runner of GitHub has."""
    return subprocess.run(("gh", *arguments), check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
