"""The three outcomes from a shop's own Buy button: ``make shop URL=… BUY="Buy now"``."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from records.outcome import Outcome
from suite.cases import case_text
from suite.cases.case_file import CaseFile, CaseProblem
from tools.case_run import run_cases
from tools.command_line import Parser

CARDS = {Outcome.SUCCESS: "APPROVED", Outcome.FAILURE: "DECLINED"}
TITLES = {
    Outcome.SUCCESS: "A shopper who pays comes back to the shop",
    Outcome.FAILURE: "A shopper whose card is declined comes back to the shop",
    Outcome.CANCEL: "A shopper who cancels comes back to the shop",
}


def case_fields(outcome: Outcome, shop: Mapping[str, Any], landing: str) -> dict[str, Any]:
    """Return the fields of a case file.

    Args:
        outcome: of the checkout.
        shop: the table of the shop.
        landing: pattern of the landing URL, or "" to expect what the shop has sent.
    """
    return {
        "title": TITLES[outcome],
        "outcome": str(outcome),
        "card": [CARDS[outcome]] if outcome in CARDS else [],
        "shop": shop,
        "expect": {"landing": landing},
    }


def main(arguments: Sequence[str] | None = None, prog: str = "python -m tools.shop") -> int:
    """Write three cases and run them; the exit code is pytest's, or 2 if an option is wrong."""
    parser = Parser(prog=prog, description=__doc__, allow_abbrev=False)
    parser.add_argument("url", help="where the shopper begins")
    parser.add_argument("--buy", required=True, metavar="NAME", help="button that leads to Clover")
    parser.add_argument("--command", default="", help="starts the shop, in this folder")
    parser.add_argument("--certificate", default="", help="PEM file that the shop serves")
    parser.add_argument("--webhook", default="", help="the shop's receiver of notifications")
    for outcome in Outcome:
        parser.add_argument(
            f"--{outcome}", default="", metavar="URL", help=f"where a {outcome} must land"
        )
    parser.add_argument(
        "--save",
        type=Path,
        default=Path("shop-cases"),
        metavar="FOLDER",
        help="where the case files are written (default: %(default)s)",
    )
    chosen, more = parser.parse_known_args(arguments)
    shop = {
        "url": chosen.url,
        "command": chosen.command,
        "folder": str(Path.cwd()) if chosen.command else "",
        "certificate": str(Path(chosen.certificate).resolve()) if chosen.certificate else "",
        "webhook": chosen.webhook,
        "steps": [{"click": chosen.buy}],
    }
    written = {
        chosen.save / f"{outcome}.toml": case_fields(outcome, shop, getattr(chosen, outcome))
        for outcome in Outcome
    }
    try:
        for path, fields in written.items():
            CaseFile.of(fields, folder=path.parent)
    except CaseProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    chosen.save.mkdir(parents=True, exist_ok=True)
    for path, fields in written.items():
        path.write_text(case_text.write(fields), encoding="utf-8")
    print(f"The cases are in {chosen.save}: add steps and expectations there.")
    return run_cases([*written], more)


if __name__ == "__main__":
    sys.exit(main())
