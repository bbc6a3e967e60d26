"""The scripts of workflows and composite actions, run on this machine as GitHub's runner does.

Of the steps with `uses:`, an action of this repository is run, an artefact is copied, and every
other one is left out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from suite.browsers import find_browser
from tests.docs.markdown import ROOT
from tools.bootstrap.environment import Environment

EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
#: Shells of the runner: the default one, and the one that a step names.
SHELLS = {None: ("bash", "-e"), "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail")}
LEFT_OUT = (".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "test-results", "mutants")


def load(path: Path) -> Any:
    """Parse a workflow or an action."""
    return YAML(typ="safe").load(path)


@dataclass
class Runner:
    """A machine with a workspace.

    Attributes:
        workspace: the folder in which scripts run.
        environ: their environment.
        values: of the contexts, by their full names.
        not_run: scripts that are left out, as “job: step”.
        codes: exit code of each script that ran.
    """

    workspace: Path
    environ: dict[str, str]
    not_run: Iterable[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    output: str = ""

    def run_job(
        self,
        name: str,
        job: Mapping[str, Any],
        values: Mapping[str, str],
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Run the steps of a job, whatever its conditions say about earlier jobs.

        Args:
            name: of the job.
            job: as parsed.
            values: of the contexts beside the machine's.
            environ: of the job beside the machine's.
        """
        first = {key: each[0] for key, each in _matrix(job).items()}
        filled = {
            **self.values,
            **values,
            **{f"matrix.{key}": str(value) for key, value in first.items()},
        }
        shutil.rmtree(self.workspace / "test-results", ignore_errors=True)
        environ = {**self.environ, **environ, **_fill(job.get("env", {}), filled)}
        shell = job.get("defaults", {}).get("run", {}).get("shell")
        self._run_steps(name, job["steps"], filled, environ, shell)

    def _run_steps(
        self,
        name: str,
        steps: Iterable[Mapping[str, Any]],
        values: Mapping[str, str],
        environ: Mapping[str, str],
        shell: str | None = None,
    ) -> None:
        for step in steps:
            if "failure()" in str(step.get("if")):
                continue
            own = {**environ, **_fill(step.get("env", {}), values)}
            if "run" in step:
                self._run_script(f"{name}: {step['name']}", step, own, shell)
                continue
            uses, given = step["uses"], step.get("with", {})
            if uses.startswith("$/"):
                self.run_action(ROOT / uses[2:], _fill(given, values), own)
            elif "/upload-artifact@" in uses:
                self._upload(_fill(given, values))
            elif "/download-artifact@" in uses:
                self._download(_fill(given, values))

    def run_action(
        self, folder: Path, inputs: Mapping[str, str], environ: Mapping[str, str] | None = None
    ) -> None:
        """Run the steps of a composite action."""
        action = load(folder / "action.yml")
        given = {name: input_.get("default", "") for name, input_ in action["inputs"].items()}
        values = {f"inputs.{name}": value for name, value in {**given, **inputs}.items()}
        values["steps.python.outputs.python-path"] = sys.executable
        own = {**(environ or self.environ), "GITHUB_ACTION_PATH": str(folder)}
        self._run_steps(folder.name, action["runs"]["steps"], values, own)

    def _run_script(
        self, name: str, step: Mapping[str, Any], environ: Mapping[str, str], shell: str | None
    ) -> None:
        if name in self.not_run:
            return
        script = self.workspace.with_name("script.sh")
        script.write_text(step["run"], encoding="utf-8")
        ended = subprocess.run(
            [*SHELLS[step.get("shell", shell)], script],
            cwd=self.workspace,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.codes[name] = ended.returncode
        self.output += f"\n--- {name}: {ended.returncode}\n{ended.stdout}"

    @property
    def _artefacts(self) -> Path:
        return self.workspace.with_name("artefacts")

    def _upload(self, inputs: Mapping[str, str]) -> None:
        for path in map(self.workspace.joinpath, inputs["path"].split()):
            place = self._artefacts / inputs["name"]
            if path.is_dir():
                shutil.copytree(path, place, dirs_exist_ok=True)
            elif path.is_file():
                shutil.copy(path, place)

    def _download(self, inputs: Mapping[str, str]) -> None:
        place = self.workspace / inputs["path"]
        for found in self._artefacts.glob(inputs.get("pattern") or inputs["name"]):
            merged = inputs.get("merge-multiple") or "name" in inputs
            shutil.copytree(found, place if merged else place / found.name, dirs_exist_ok=True)


def make_runner(folder: Path, not_run: Iterable[str]) -> Runner:
    """Return a machine with this repository and an environment that is already set up.

    Args:
        folder: empty.
        not_run: scripts to leave out.
    """
    workspace = folder / "work"
    shutil.copytree(ROOT, workspace, ignore=shutil.ignore_patterns(*LEFT_OUT))
    environment = Environment(workspace)
    programs = environment.python.parent
    programs.mkdir(parents=True)
    (environment.folder / "lib").symlink_to(Path(sys.prefix, "lib"))
    for name, start in {"python": "", "python3": "", "pip": "-m pip "}.items():
        write_program(programs / name, f'exec {sys.executable} {start}"$@"')
    environment._write_stamp(environment._wanted())
    return Runner(workspace, runner_environ(folder, programs), not_run)


def runner_environ(folder: Path, *programs: Path) -> dict[str, str]:
    """Return the environment of the scripts."""
    browser = find_browser(os.environ)
    named = {"CHROMIUM_PATH": str(browser)} if browser else {}
    return {
        **os.environ,
        **named,
        "PATH": os.pathsep.join([*map(str, programs), os.environ["PATH"]]),
        "RUNNER_TEMP": str(folder),
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }


def write_program(path: Path, script: str) -> None:
    """Write a shell script that can be run by its name."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def dispatch_values(workflow: Mapping[str, Any]) -> dict[str, str]:
    """Return the inputs of a start by hand: the first option, or the default."""
    form = (workflow["on"].get("workflow_dispatch") or {}).get("inputs", {})
    return {
        f"inputs.{name}": input_.get("default") or input_.get("options", [""])[0]
        for name, input_ in form.items()
    }


def needs_json(job: Mapping[str, Any]) -> str:
    """Return the context `needs` of a job whose predecessors succeeded."""
    return json.dumps({name: {"result": "success"} for name in job.get("needs", ())})


def _matrix(job: Mapping[str, Any]) -> dict[str, list[Any]]:
    matrix = job.get("strategy", {}).get("matrix", {})
    included = {key: [value] for row in matrix.get("include", ())[:1] for key, value in row.items()}
    return {**{key: each for key, each in matrix.items() if key != "include"}, **included}


def _fill(table: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """Replace the expressions of a table; an unknown name is a ``KeyError``."""
    return {
        key: EXPRESSION.sub(lambda found: values[found[1]], str(text))
        for key, text in table.items()
    }
