"""The wheel: its requirements, and a checkout that it drives from an empty folder."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.workflows.runner import Runner, load, make_runner, runner_environ
from tests.workflows.test_runs import INSTALLED, NOT_RUN

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = PROJECT["project"]["dependencies"]
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
CASE = ROOT / "e2e" / "cases" / "placeholder_in_the_path_arrives_verbatim.toml"
RUN_HERE = {script for script, reason in NOT_RUN.items() if reason == INSTALLED}
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash")


def imported() -> Iterator[str]:
    """Yield the first names of the modules that the packages import."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.partition(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def with_requirements(names: set[str]) -> set[str]:
    """Return distributions and all that they require."""
    open_names, known = [*names], set[str]()
    while open_names:
        if (name := canonicalize_name(open_names.pop())) not in known:
            known.add(name)
            required = map(Requirement, requires(name) or ())
            open_names += [r.name for r in required if not r.marker or r.marker.evaluate()]
    return known


def test_wheel_requires_what_its_packages_import() -> None:
    """Every import is a module of the wheel, of Python, or of a required package."""
    required = with_requirements({Requirement(line).name for line in DEPENDENCIES})
    found = packages_distributions()
    known = {*PACKAGES, *sys.stdlib_module_names}
    foreign = {name for name in imported() if name not in known}

    missing = {
        name for name in foreign if not required & {*map(canonicalize_name, found.get(name, ()))}
    }
    assert missing == set()


def test_versions_are_those_of_the_requirements() -> None:
    """Each requirement of the wheel is a line of requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()

    assert set(DEPENDENCIES) - set(lines) == set()


def test_changelog_begins_with_the_version() -> None:
    """The first heading of a version is the wheel's own."""
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()

    newest = next(line for line in lines if line.startswith("## "))
    assert newest == f"## {PROJECT['project']['version']}"


@posix_only
@pytest.mark.timeout(900)  # a busy machine installs slowly
@pytest.mark.usefixtures("registry")
def test_action_installs_the_suite_and_drives_a_checkout(tmp_path: Path) -> None:
    """In a repository with a case, and packages of the same names, the action runs the case."""
    theirs = tmp_path / "their repository"
    for name in ("cases", "pages", "tools"):
        (theirs / name).mkdir(parents=True)
        (theirs / name / "__init__.py").write_text("raise SystemExit('not ours')")
    (theirs / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (theirs / "cases" / "mine.toml").write_bytes(CASE.read_bytes())
    runner = Runner(theirs, runner_environ(tmp_path), NOT_RUN.keys() - RUN_HERE)

    runner.run_action(ROOT / ".github" / "actions" / "check", {"cases": "cases"})

    assert set(runner.codes.values()) == {0}, runner.output
    assert "1 test, 1 checkout, 0 violations" in runner.output.splitlines()
    assert (theirs / "test-results" / "report.html").is_file()
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## Redirects: No violations in 1 test")
    server = tmp_path / "redirects" / "bin" / "clover-standin"
    helped = subprocess.check_output([server, "--help"], cwd=theirs, text=True)
    assert helped.startswith("usage: clover-standin ")

    runner.not_run = {*runner.not_run, "check: Install the suite"}
    runner.run_action(ROOT / ".github" / "actions" / "check", {})

    assert runner.codes["check: Drive the checkouts"] == 2
    assert "::error::There is nothing to check: set cases, or shop-url and buy." in runner.output


@posix_only
@pytest.mark.usefixtures("registry")
def test_release_builds_the_wheel_of_its_tag(tmp_path: Path) -> None:
    """The workflow's scripts build the wheel, and compare its version with tag and changelog."""
    runner = make_runner(tmp_path, NOT_RUN.keys() - RUN_HERE)
    runner.values = {"github.ref_name": f"v{PROJECT['project']['version']}"}
    release = load(ROOT / ".github" / "workflows" / "release.yml")

    runner.run_job("wheel", release["jobs"]["wheel"], {})

    assert set(runner.codes.values()) == {0}, runner.output
