"""Which of five kinds a problem is, so that a broken night is never read as a redirect bug."""

from collections.abc import Iterator
from dataclasses import dataclass

import requests
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from records.verdict import Verdict

REDIRECT_BUG = "redirect bug"
PAGE_CHANGED = "page changed"
TARGET_PROBLEM = "target problem"
MERCHANT_PROBLEM = "merchant site problem"
SUITE_PROBLEM = "suite problem"
CATEGORIES = (REDIRECT_BUG, PAGE_CHANGED, TARGET_PROBLEM, MERCHANT_PROBLEM, SUITE_PROBLEM)
"""In the order in which they are shown; only the first is a failure, the rest are errors."""

NETWORK_MARKS = ("net::ERR_", "NS_ERROR_", "SSL_ERROR_", "Could not connect", "SEC_ERROR_")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a problem is, in words.

    Attributes:
        text: cause and cure, for a person; the whole message where ``told`` is set.
        told: the text says it all, so that no traceback need be shown.
        verdict: the broken promise of a redirect bug, if the exception carries one.
        notes: what was added to the exception on its way (``add_note``).
    """

    category: str
    text: str
    told: bool
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The first line of the text."""
        return next(
            (line.strip() for line in self.text.splitlines() if line.strip()), self.category
        )


def judge(error: BaseException) -> Finding:
    """Find the category of ``error`` and the words for it.

    An exception names its own category in an attribute ``category``. Of several
    exceptions in a group a redirect bug counts first, then the first that
    can be told apart.
    """
    findings = [_judge_one(leaf) for leaf in _leaves(error)]
    bugs = [finding for finding in findings if finding.category == REDIRECT_BUG]
    told = [finding for finding in findings if finding.told]
    return next(iter(bugs + told + findings))


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup) and not hasattr(error, "category"):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _judge_one(error: BaseException) -> Finding:
    named = getattr(error, "category", None)
    if named in CATEGORIES:
        notes = tuple(getattr(error, "__notes__", ()))
        words = "\n".join([str(error) or type(error).__name__, *notes])
        verdict = getattr(error, "verdict", None)
        return Finding(str(named), words, told=True, verdict=verdict, notes=notes)
    if isinstance(error, PlaywrightError):
        return _judge_playwright(error)
    if isinstance(error, requests.RequestException):
        return Finding(
            TARGET_PROBLEM,
            f"A request to the target failed ({type(error).__name__}): is it up, and is its "
            f"address right?\n{error}",
            told=True,
        )
    return Finding(SUITE_PROBLEM, f"{type(error).__name__}: {error}", told=False)


def _judge_playwright(error: PlaywrightError) -> Finding:
    said = error.message.strip()
    if type(error).__name__ == "TargetClosedError":
        return Finding(
            SUITE_PROBLEM,
            "The browser or its tab was gone while the test still used it: look for a crash or "
            f"for too little memory, then run the test again.\n{said}",
            told=True,
        )
    if "Executable doesn't exist" in said or "Failed to launch" in said:
        return Finding(
            SUITE_PROBLEM,
            f"The browser could not be started: install one, or name one in CHROMIUM_PATH.\n{said}",
            told=True,
        )
    if any(mark in said for mark in NETWORK_MARKS):
        return Finding(
            TARGET_PROBLEM,
            f"The browser could not load a page: is the target up, and is its address right?"
            f"\n{said}",
            told=True,
        )
    if isinstance(error, PlaywrightTimeout) and "Page.goto" in said:
        return Finding(
            TARGET_PROBLEM,
            f"A page did not load in time: is the target slow or down?\n{said}",
            told=True,
        )
    if isinstance(error, PlaywrightTimeout) or "strict mode violation" in said:
        return Finding(
            PAGE_CHANGED,
            "The page did not offer what a shopper uses there: compare the screenshot with the "
            f"page object that the call log names.\n{said}",
            told=True,
        )
    return Finding(SUITE_PROBLEM, f"{type(error).__name__}: {said}", told=False)
