"""Every kind of printed repeat command, run as it is printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from records.recorded_test import TestRecord
from suite.run import read_records

ROOT = Path(__file__).resolve().parents[2]
CASE = """title = "Order 7 keeps its number"
outcome = "success"
card = "APPROVED"
fault = "query-dropped"
[request]
success = "https://merchant.example/printed-command?order=7"
"""
PLAIN = "e2e/test_url_shapes.py::test_plain_url_is_reached_as_configured"
PYTEST = (sys.executable, "-m", "pytest")
FAULT = ("--fault", "query-dropped")

pytestmark = [
    pytest.mark.skipif("os.name == 'nt'", reason="Windows shells quote differently"),
    pytest.mark.timeout(180),
]


def _run(command: list[str] | str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command whose results go into a folder, whatever it says about them."""
    return subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=ROOT,
        env={**os.environ, "PYTEST_ADDOPTS": f"--output {folder}"},
        capture_output=True,
        text=True,
        check=False,
    )


def _only_red(folder: Path) -> TestRecord:
    (record,) = read_records(folder)
    assert record.category == "redirect bug"
    return record


@pytest.mark.parametrize("kind", ["test", "case", "repro", "shop"])
def test_printed_command_repeats_the_red_test(tmp_path: Path, kind: str) -> None:
    """The last line of a verdict runs the same test in the same circumstances, and no other."""
    case = tmp_path / "order 7.toml"
    case.write_text(CASE, encoding="utf-8")
    behaviour = tmp_path / "my behaviour.toml"
    behaviour.write_text('[switches]\nredirect = "303"\n', encoding="utf-8")
    first, again = tmp_path / "first", tmp_path / "again"
    commands = {
        "test": [
            *(*PYTEST, f"{PLAIN}[chromium-empty value at the end-success]", *FAULT),
            *("--behaviour", str(behaviour), "--seed", "7", "--skin", "modern"),
        ],
        "case": [*PYTEST, "e2e", "--case", str(case), "--behaviour", "measured"],
        "repro": [
            *(sys.executable, "-m", "tools.repro", str(case), "--no-window"),
            *("--output", str(first)),
        ],
        "shop": [
            *(*PYTEST, "e2e/test_cases.py", "-k", "test_shop_case and paid"),
            *("--thorough", *FAULT),
        ],
    }

    shown = _run(commands[kind], first)
    record = _only_red(first)

    printed = re.findall(r"repeat with\n +(.+)", shown.stdout)
    assert printed == [record.repro]
    assert f"promise: {record.title}" in shown.stdout
    assert kind not in {"case", "repro"} or record.title == "Order 7 keeps its number"
    repeated = _run(printed[0], again)
    assert repeated.returncode == pytest.ExitCode.TESTS_FAILED, repeated.stdout + repeated.stderr
    same = _only_red(again)
    assert (same.test, same.title, same.run) == (record.test, record.title, record.run)
    assert same.clauses == record.clauses
