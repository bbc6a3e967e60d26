"""Categories of problems: bugs of the provider and of the shop are failures, the rest errors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import requests
from playwright.sync_api import Error as PlaywrightError

from records.verdict import Verdict

REDIRECT_BUG = "redirect bug"
API_CONTRACT = "API contract"
SHOP_REQUEST = "shop request bug"
SHOP_PAGE = "shop page bug"
SHOP_ORDER = "shop order bug"
PAGE_CHANGED = "page changed"
TARGET_PROBLEM = "target problem"
MERCHANT_PROBLEM = "merchant site problem"
SUITE_PROBLEM = "suite problem"
CATEGORIES = (
    REDIRECT_BUG,
    API_CONTRACT,
    SHOP_REQUEST,
    SHOP_PAGE,
    SHOP_ORDER,
    PAGE_CHANGED,
    TARGET_PROBLEM,
    MERCHANT_PROBLEM,
    SUITE_PROBLEM,
)
"""Every category, in the order of the reports."""
FAILURES = CATEGORIES[:5]
"""The categories in which the provider or the shop under test is wrong; the others are errors."""

_NOUNS = {
    API_CONTRACT: ("API contract violation", "API contract violations"),
    PAGE_CHANGED: ("page changed", "pages changed"),
}
"""Singular and plural of the categories that do not take a plain "s"."""
_PLAYWRIGHT = (
    (
        r"^TargetClosedError|(Target|Page) crashed",
        SUITE_PROBLEM,
        "The browser or its tab was closed while the test still used it: look for a crash or low "
        "memory, then run the test again.",
    ),
    (
        r"Executable doesn't exist|Failed to launch",
        SUITE_PROBLEM,
        "The browser could not be started: install one, or name one in CHROMIUM_PATH.",
    ),
    (
        r"net::ERR_|NS_ERROR_|SSL_ERROR_|SEC_ERROR_|Could not connect",
        TARGET_PROBLEM,
        "The browser could not load a page: is the target up, and is its address right?",
    ),
    (
        r"^TimeoutError.*Page\.goto",
        TARGET_PROBLEM,
        "A page did not load in time: is the target slow or down?",
    ),
    (
        r"^TimeoutError|strict mode violation",
        PAGE_CHANGED,
        "The page did not offer what a shopper uses there: compare the screenshot with the page "
        "object that the call log names.",
    ),
)
"""Patterns of Playwright's errors (type and message), with category, cause and remedy."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The category and the description of a problem.

    Attributes:
        text: cause and remedy for a reader; the exception's words if it is not explained.
        explained: the text is complete, so no traceback is needed.
        verdict: the verdict that a redirect bug carries.
        notes: added to the exception by ``add_note``.
    """

    category: str
    text: str
    explained: bool = True
    verdict: Verdict | None = None
    notes: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The first line of the text."""
        lines = (line.strip() for line in self.text.splitlines())
        return next((line for line in lines if line), self.category)


def rank(category: str) -> int:
    """Return the precedence of a category: each failure first, then all errors alike."""
    return min(CATEGORIES.index(category), len(FAILURES))


def counted(counts: Mapping[str, int], categories: Sequence[str] = CATEGORIES) -> str:
    """Return the counts of ``categories`` in words: "1 redirect bug, 2 pages changed"."""
    words = []
    for category in categories:
        singular, plural = _NOUNS.get(category, (category, f"{category}s"))
        if count := counts.get(category):
            words.append(f"{count} {singular if count == 1 else plural}")
    return ", ".join(words)


def classify(error: BaseException) -> Finding:
    """Return the category of ``error`` and its description.

    An exception names its category in the attribute ``category``. In a group of exceptions a
    failure takes precedence, then the first explained problem.
    """
    findings = [_classify_one(leaf) for leaf in _leaves(error)]
    return min(findings, key=lambda one: (rank(one.category), not one.explained))


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup) and not hasattr(error, "category"):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _classify_one(error: BaseException) -> Finding:
    category = getattr(error, "category", None)
    described = f"{type(error).__name__}: {error}"
    if category in CATEGORIES:
        notes = tuple(getattr(error, "__notes__", ()))
        text = "\n".join([str(error) or type(error).__name__, *notes])
        return Finding(str(category), text, verdict=getattr(error, "verdict", None), notes=notes)
    if isinstance(error, requests.RequestException):
        return Finding(
            TARGET_PROBLEM,
            f"A request to the target failed ({type(error).__name__}): is it up, and is its "
            f"address right?\n{error}",
        )
    if isinstance(error, PlaywrightError):
        for pattern, named, advice in _PLAYWRIGHT:
            if re.search(pattern, described, re.DOTALL):
                return Finding(named, f"{advice}\n{error.message.strip()}")
    return Finding(SUITE_PROBLEM, described, explained=False)
