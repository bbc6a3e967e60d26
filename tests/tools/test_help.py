"""Tests of the options that every command has."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bootstrap import run as bootstrap

ROOT = Path(__file__).parents[2]


def commands() -> Iterator[str]:
    """The modules that `python -m` runs."""
    for folder in ("tools", "standin", "examples"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            names = path.relative_to(ROOT).with_suffix("").parts
            if names[-1] == "__main__":
                yield ".".join(names[:-1])
            elif '__name__ == "__main__"' in path.read_text(encoding="utf-8"):
                yield ".".join(names)


@pytest.mark.parametrize("module", [*commands()])
def test_help_prints_a_usage_and_starts_nothing(module: str) -> None:
    """`--help` prints a usage that names the command, and exits with 0."""
    ended = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"usage: python -m {module} ")


def test_wrong_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option exits with 2 and one sentence that names the option."""
    with pytest.raises(SystemExit, match="2"):
        bootstrap.main(["--wrong"])
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "--wrong" in sentence
