"""The issue of the nightly workflow: opened on red, commented on while red, closed on green.

Environment: GH_REPO and GH_TOKEN for ``gh``, the results of the jobs as JSON in NEEDS, and the
address of the run in RUN_URL. The argument is the folder of the report.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

LABEL = "nightly"
TITLE = "The nightly redirect check is red"
CATEGORIES = (
    "redirect bug",
    "API contract",
    "shop request bug",
    "shop page bug",
    "shop order bug",
    "page changed",
    "target problem",
    "merchant site problem",
    "suite problem",
)


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
    files = sorted(folder.rglob("ctrf.json"))
    if not files:
        yield "There are no results; see the log of the run."
        return
    counts = _count(files)
    yield "| result | tests |\n|---|--:|"
    for name in (*CATEGORIES, *sorted(set(counts) - set(CATEGORIES))):
        if counts[name]:
            yield f"| {name} | {counts[name]} |"
    if not counts["redirect bug"] and not counts["API contract"]:
        yield "\nNo test found the provider wrong: the run itself failed."


def _count(files: list[Path]) -> Counter[str]:
    """Count results by category, or by status if a test has no category."""
    counts: Counter[str] = Counter()
    for file in files:
        tests = json.loads(file.read_text(encoding="utf-8"))["results"]["tests"]
        counts.update(test.get("extra", {}).get("category") or test["status"] for test in tests)
    return counts


def _gh(*arguments: str) -> str:
    """Call GitHub's client, which every runner of GitHub has."""
    return subprocess.run(("gh", *arguments), check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
