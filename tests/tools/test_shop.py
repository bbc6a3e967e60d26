"""``python -m tools.shop``: three cases from a URL and a button."""

from pathlib import Path

import pytest

from records.outcome import Outcome
from suite.cases.case_file import find_cases
from tools import shop

URL = "https://localhost:{port}/"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run."""
    commands: list[list[str]] = []

    def run(cases: list[Path], options: list[str]) -> int:
        commands.append([*map(str, cases), *options])
        return 0

    monkeypatch.setattr(shop, "run_cases", run)
    return commands


def test_three_cases_are_written_and_run(tmp_path: Path, started: list[list[str]]) -> None:
    """Each outcome has a case with the shop, its button and where the shopper must land."""
    options = [
        "--command",
        "npm start {port}",
        "--success",
        f"{URL}thanks",
        "--save",
        str(tmp_path),
    ]

    code = shop.main([URL, "--buy", "Buy now", *options, "-q"])

    cases = {file.case.outcome: file.case for file in find_cases([tmp_path])}
    assert code == 0
    assert set(cases) == set(Outcome)
    assert [len(case.card) for case in cases.values()] == [0, 1, 1]
    assert cases[Outcome.SUCCESS].expect.landing == f"{URL}thanks"
    assert cases[Outcome.FAILURE].expect.landing is None
    for case in cases.values():
        assert case.shop is not None
        assert str(case.shop.steps[0]) == "click “Buy now”"
        assert (case.shop.command, case.shop.folder) == ("npm start {port}", str(Path.cwd()))
    assert started == [[*(str(tmp_path / f"{outcome}.toml") for outcome in Outcome), "-q"]]


def test_wrong_address_is_one_sentence(
    tmp_path: Path, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written or run for a shop without an address."""
    code = shop.main(["localhost:5000", "--buy", "Buy now", "--save", str(tmp_path / "cases")])

    assert code == 2
    assert capsys.readouterr().err.strip().endswith("begin it with https:// or http://.")
    assert not started
    assert not (tmp_path / "cases").exists()
