"""The example shops: green in every case when right, red in one case under each bug."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from suite.browsers import SetUpProblem, find_browser
from suite.cases.case_file import CaseFile, find_cases
from suite.cases.shop_tables import OVER_THE_CACHE
from suite.reporting.categories import classify
from suite.storefront.factory import OpenShop
from suite.storefront.turns import take_turn

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = [file for shop in sorted(EXAMPLES.glob("*/cases")) for file in find_cases([shop])]
#: Longest wait for what a bug prevents, seconds.
SHORT_S = 6.0


@dataclass(frozen=True, slots=True)
class Bug:
    """One entry of a shop's bugs.toml."""

    name: str
    folder: Path
    wrong: str
    sources: list[str]
    case: str
    category: str
    says: list[str]

    def file(self) -> CaseFile:
        """The case that the bug turns red, with the bug switched on."""
        right = CaseFile.read(self.folder / "cases" / self.case)
        return right.with_shop(command=f"{right.fields['shop']['command']} --bug {self.name}")


BUGS = [
    Bug(name, path.parent, **described)
    for path in sorted(EXAMPLES.glob("*/bugs.toml"))
    for name, described in tomllib.loads(path.read_text(encoding="utf-8")).items()
]


def visit(open_shop: OpenShop, file: CaseFile) -> None:
    """Run a case; one about Back needs a browser that not every machine has."""
    if file.case.shopper in OVER_THE_CACHE:
        try:
            find_browser(os.environ, headed=True)
        except SetUpProblem as problem:
            pytest.skip(f"needs a full Chromium: {problem}")
    take_turn(open_shop(file))


@pytest.mark.parametrize("file", CASES, ids=lambda f: f"{f.path.parents[1].name}-{f.path.stem}")
def test_right_shop_is_green(open_shop: OpenShop, file: CaseFile) -> None:
    """Each case of a shop passes where the shop is right."""
    visit(open_shop, file)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug.folder.name}-{bug.name}")
def test_bug_turns_its_case_red(
    open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch, bug: Bug
) -> None:
    """The case that a bug names fails, says whose bug it is, and names what is wrong."""
    monkeypatch.setattr(open_shop.shops.target, "within_s", SHORT_S)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - its category is compared
        visit(open_shop, bug.file())

    finding = classify(caught.value)
    assert finding.category == bug.category, finding.text
    for words in bug.says:
        assert words in finding.text


def test_bugs_are_many_and_have_sources() -> None:
    """Both shops together have at least 25 bugs, each from a public report."""
    assert len(BUGS) >= 25
    for bug in BUGS:
        assert bug.sources, bug.name
        assert bug.wrong.endswith("."), bug.name
