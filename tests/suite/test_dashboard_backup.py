"""What keeps a merchant's dashboard from being left changed: former URLs, turns, last wishes."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from records.outcome import Outcome
from suite.dashboard.dashboard_backup import FormerUrls
from suite.dashboard.editor import NotPutBack, NotSaved
from suite.dashboard.merchant_lock import NoTurn, before_the_end, folder_of, turn

URLS = {Outcome.SUCCESS: "https://shop.example/é?a=1", Outcome.CANCEL: "https://shop.example/c"}


@pytest.fixture
def former(tmp_path: Path) -> FormerUrls:
    """The former URLs of a merchant that nobody has changed yet."""
    return FormerUrls(tmp_path / "merchant", tmp_path / "results")


def test_only_the_first_urls_are_kept(former: FormerUrls) -> None:
    """A test that saves twice puts back what stood there before the first time."""
    former.keep(URLS)
    former.keep({})

    assert former.kept == URLS


def test_killed_run_is_healed_by_the_next(former: FormerUrls, tmp_path: Path) -> None:
    """What a killed run could not put back is known to the next, as the truth."""
    former.keep(URLS)

    successor = FormerUrls(tmp_path / "merchant", tmp_path / "results")
    successor.keep({Outcome.FAILURE: "https://left.behind.example/"})

    assert successor.kept == URLS


def test_put_back_urls_are_forgotten(former: FormerUrls, tmp_path: Path) -> None:
    """Once everything is as it was, nothing is left to put back."""
    former.keep(URLS)
    former.forget()

    assert FormerUrls(tmp_path / "merchant", tmp_path / "results").kept is None


def test_failure_to_put_back_names_every_value(former: FormerUrls) -> None:
    """The error and a file among the results tell a person what to set by hand."""
    former.keep(URLS)
    file = former.write_down("MERCHANT00001")

    problem = NotPutBack("MERCHANT00001", URLS, file, OSError("gone"))

    for part in ("MERCHANT00001", URLS[Outcome.SUCCESS], "failure: empty", file, "gone"):
        assert part in str(problem)
    assert URLS[Outcome.SUCCESS] in Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
def test_changer_of_a_dashboard_is_alone(tmp_path: Path, *, first: bool, second: bool) -> None:
    """While somebody changes the dashboard nobody else has a turn, and the other way round."""
    with turn(tmp_path, alone=first), pytest.raises(NoTurn), ExitStack() as other:
        other.enter_context(turn(tmp_path, alone=second, patience_s=0.05))


def test_tests_that_change_nothing_go_side_by_side(tmp_path: Path) -> None:
    """Tests that leave the dashboard alone do not wait for one another."""
    with turn(tmp_path, alone=False), turn(tmp_path, alone=False, patience_s=0.05):
        pass


def test_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """A link put in the place of the folder is not followed."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    (tmp_path / f"clover-dashboard-{user}").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()

    with pytest.raises(NoTurn, match="another user"):
        folder_of("MERCHANT00001", tmp_path)


@pytest.fixture
def wishes() -> Iterator[list[str]]:
    """What was done before the end."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    done: list[str] = []
    yield done
    assert {number: signal.getsignal(number) for number in handlers} == handlers


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_last_wish_is_fulfilled_before_the_end(wishes: list[str], number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM both end a run only after the dashboard is put back."""
    with pytest.raises(KeyboardInterrupt), before_the_end(lambda: wishes.append("put back")):
        signal.raise_signal(number)

    assert wishes == ["put back"]


def test_last_wish_that_fails_is_told(wishes: list[str]) -> None:
    """What could not be put back is said with the interruption itself."""

    def fail() -> None:
        wishes.append("tried")
        raise ExceptionGroup("all", [OSError("the failure URL was https://old.example/")])

    with pytest.raises(KeyboardInterrupt, match="https://old"), before_the_end(fail):
        signal.raise_signal(signal.SIGTERM)


NEW = {Outcome.SUCCESS: "https://shop.example/new"}


@pytest.mark.parametrize(
    ("shown", "said", "category"),
    [
        ({}, "", "redirect bug"),
        ({Outcome.SUCCESS: "https://shop.example/NEW"}, "", "redirect bug"),
        (URLS, "", "target problem"),
        ({}, "Try again later.", "target problem"),
    ],
    ids=["all cleared", "something else", "as before", "a reason"],
)
def test_what_a_dashboard_made_of_urls_decides_whose_fault_it_is(
    shown: dict[Outcome, str], said: str, category: str
) -> None:
    """What was changed silently was not kept; what was not changed at all was perhaps not saved."""
    problem = NotSaved(NEW, shown, URLS, said)

    assert problem.category == category
    assert NotPutBack("MERCHANT00001", URLS, "file", problem).category == category
