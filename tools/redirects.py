"""``clover-redirects``: the command of an installed suite."""

import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from suite.cases.case_file import CaseProblem, find_cases
from suite.run import REPORT_FILE
from tools import cases, shop
from tools.case_run import run_cases
from tools.command_line import Parser
from tools.doctor.__main__ import main as doctor
from tools.report import serve

NAME = "clover-redirects"
Command = Callable[[Sequence[str], str], int]


def run(arguments: Sequence[str], prog: str) -> int:
    """Run case files; pytest's options stand behind them."""
    parser = Parser(
        prog=prog, usage="%(prog)s CASE [CASE …] [pytest options]", description=run.__doc__
    )
    parser.add_argument("cases", nargs="+", metavar="CASE", help="a case file, or a folder of some")
    named = [*takewhile(lambda word: not word.startswith("-"), arguments)]
    options = arguments[len(named) :]
    if not named:
        parser.parse_args(options[:1] if options[:1] in (["-h"], ["--help"]) else [])
    try:
        find_cases(named)
    except CaseProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    return run_cases([*map(Path, named)], options)


def report(arguments: Sequence[str], prog: str) -> int:
    """Print the path of the last run's report, and open or serve it on request."""
    parser = Parser(prog=prog, description=report.__doc__)
    results = "results of the run (default: %(default)s)"
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("test-results"), metavar="FOLDER", help=results
    )
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument("--serve", action="store_true", help="serve it with its traces")
    chosen = parser.parse_args(arguments)
    file = (chosen.folder / REPORT_FILE).resolve()
    if not file.is_file():
        print(
            f"{chosen.folder} has no {REPORT_FILE}: run cases first, or name the results folder of"
            " a run.",
            file=sys.stderr,
        )
        return 2
    if chosen.serve:
        return serve(chosen.folder)
    print(file)
    if chosen.open:
        webbrowser.open(file.as_uri())
    return 0


COMMANDS: Mapping[str, tuple[Command, str]] = {
    "run": (run, "run case files, with pytest's options behind them"),
    "shop": (shop.main, "try the three outcomes from a shop's own Buy button"),
    "check": (cases.main, "check case files without running them"),
    "doctor": (doctor, "check that everything is there that a run needs"),
    "report": (report, "print the path of the last report"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the first word says; return the exit code."""
    words = [*(sys.argv[1:] if arguments is None else arguments)]
    parser = Parser(
        prog=NAME,
        usage="%(prog)s COMMAND …",
        description="Check the redirects of Clover Hosted Checkout."
        f" `{NAME} COMMAND --help` lists what a command takes.",
    )
    commands = parser.add_subparsers(dest="command", required=True, title="commands")
    for name, (_, does) in COMMANDS.items():
        commands.add_parser(name, help=does, add_help=False)
    chosen, _ = parser.parse_known_args(words[:1])
    command, _ = COMMANDS[chosen.command]
    return command(words[1:], f"{NAME} {chosen.command}")
