"""Opens the nightly issue on red, adds a comment to it while it is open, closes it on green.

The environment gives GH_REPO and GH_TOKEN, which ``gh`` reads by itself, the jobs' results as
JSON in NEEDS, and the address of the run in RUN_URL.
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
    "page changed",
    "target problem",
    "merchant site problem",
    "suite problem",
)


def main() -> int:
    """Tell of the night whose report lies in the folder that is named, if there is a report."""
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
    """The number of the issue that is open, or nothing."""
    found = _gh("issue", "list", "--label", LABEL, "--state", "open", "--json", "number")
    return next((str(issue["number"]) for issue in json.loads(found)), "")


def _body(needs: Mapping[str, str], run_url: str, folder: Path) -> Iterator[str]:
    yield f"Red: {run_url}\n"
    yield from (f"* {job}: {result}" for job, result in needs.items())
    yield ""
    files = sorted(folder.rglob("ctrf.json"))
    if not files:
        yield "The night left no results, so the run's log has to tell what went wrong."
        return
    counts = _count(files)
    yield "| result | tests |\n|---|--:|"
    for name in (*CATEGORIES, *sorted(set(counts) - set(CATEGORIES))):
        if counts[name]:
            yield f"| {name} | {counts[name]} |"
    if not counts["redirect bug"] and not counts["API contract"]:
        yield "\nNo test found the provider wrong: the night itself broke."


def _count(files: list[Path]) -> Counter[str]:
    """Results by category, and by status where a test has none."""
    counts: Counter[str] = Counter()
    for file in files:
        tests = json.loads(file.read_text(encoding="utf-8"))["results"]["tests"]
        counts.update(test.get("extra", {}).get("category") or test["status"] for test in tests)
    return counts


def _gh(*arguments: str) -> str:
    """Call GitHub's own client, which is on every runner of GitHub's."""
    return subprocess.run(("gh", *arguments), check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
