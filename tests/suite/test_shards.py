"""``--shard K/N``: parts of a run that together are the whole run."""

import argparse
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from suite.fixtures.options import read_shard
from suite.run import read_records
from tools.merge import merge

ROOT = Path(__file__).parents[2]


def _pytest(*options: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pytest", "e2e", "-q", "-n0", *options]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)


def _collected(*options: str) -> list[str]:
    printed = _pytest("--collect-only", *options).stdout
    return [line for line in printed.splitlines() if "::" in line]


def test_three_shards_are_the_whole_run() -> None:
    """Without a seed of their own no test is lost, and none runs twice."""
    shards = [_collected("--shard", f"{number}/3") for number in (1, 2, 3)]
    whole = _collected("--seed", "1")

    counts = Counter(test for shard in shards for test in shard)
    assert counts == Counter(whole)
    assert all(len(shard) > len(whole) / 5 for shard in shards)


def test_results_of_shards_are_merged(tmp_path: Path) -> None:
    """Three processes run one core test each, and one report has all three."""
    folders = [tmp_path / str(number) for number in (1, 2, 3)]
    for number, folder in enumerate(folders, 1):
        ran = _pytest("-m", "core", "--shard", f"{number}/3", "--output", str(folder))
        assert ran.returncode == 0, ran.stdout + ran.stderr

    records = merge(folders, tmp_path / "merged")

    outcomes = sorted(verdict.outcome for record in records for verdict in record.verdicts)
    assert outcomes == ["cancel", "failure", "success"]
    assert len(read_records(tmp_path / "merged")) == 3


@pytest.mark.parametrize("text", ["4/3", "0/3", "1", "a/b", "1/"])
def test_wrong_shard_is_one_sentence(text: str) -> None:
    """It says how to write one."""
    with pytest.raises(argparse.ArgumentTypeError, match=f"^{text!r} is no part of a run: write"):
        read_shard(text)
