"""The issue of the nightly workflow: opened on red, commented on while red, closed on green.

Environment: GH_REPO and GH_TOKEN for ``gh``, the results of the jobs as JSON in NEEDS, and the
address of the run in RUN_URL. The argument is the folder of the report.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

LABEL = "nightly"
TITLE = "The nightly redirect check is red"


def main() -> int:
    """Update the issue; the folder may hold no report."""
    needs = {job: needed["result"] for job, needed in json.loads(os.environ["NEEDS"]).items()}
    run_url = os.environ["RUN_URL"]
    _gh("label", "create", LABEL, "--color", "B60205", "--description", TITLE, "--force")
    issue = _open_issue()
    if set(needs.values()) == {"success"}:
        if issue:
            _gh("issue", "close", issue, "--comment", f"Green again: {run_url}")
        return 0
    body = "\n".join(_body(needs, run_url, Path(sys.argv[1])))
    if issue:
        _gh("issue", "comment", issue, "--body", body)
    else:
        _gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body", body)
    return 0


def _open_issue() -> str:
    """Return the number of the open issue, or nothing."""
    found = _gh("issue", "list", "--label", LABEL, "--state", "open", "--json", "number")
    return next((str(issue["number"]) for issue in json.loads(found)), "")


def _body(needs: Mapping[str, str], run_url: str, folder: Path) -> Iterator[str]:
    yield f"Red: {run_url}\n"
    yield from (f"* {job}: {result}" for job, result in needs.items())
    yield ""
    # The merged report has its list of problems above those of its parts.
    lists = sorted(folder.rglob("problems.md"), key=lambda path: len(path.parts))
    yield lists[0].read_text(encoding="utf-8") if lists else "There are no results; see the log."


def _gh(*arguments: str) -> str:
    """Call GitHub's client, which every runner of GitHub has."""
    return subprocess.run(("gh", *arguments), check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
