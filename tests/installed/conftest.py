"""A package registry for tests that install something."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture
def registry() -> None:
    """A package registry that has the build backend."""
    required = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["build-system"]["requires"]
    words = ("index", "versions", Requirement(required[0]).name)
    asked = subprocess.run(
        [sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False
    )
    if asked.returncode:
        pytest.skip(f"No package registry could be reached: {asked.stderr.strip()[-200:]}")
