"""Steps that a shopper takes in the shop: fill, select, check, click."""

from collections.abc import Sequence
from typing import Literal, Self

from playwright.sync_api import BrowserContext, Error, Frame, Locator, Page
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pages.waiting import wait_until
from suite.storefront.problems import ShopProblem

LISTED = 12
"""Controls that a message names at most."""

Role = Literal["button", "link", "menuitem", "tab"]

#: What a message calls the controls of a step's kind, and how they are found.
KINDS = (
    ("buttons and links", "button, a[href], input[type=submit], [role=button], [role=link]"),
    ("fields", "input:not([type=hidden], [type=submit]), select, textarea"),
)

#: The name that a person reads at a control.
NAME_OF_CONTROL = """control =>
    control.labels?.[0]?.innerText || control.getAttribute("aria-label") || control.innerText
    || control.placeholder || control.value || control.name || control.tagName.toLowerCase()"""


class Step(BaseModel):
    """One step: exactly one of fill, select, check and click, by the words a person sees.

    Attributes:
        fill: label or placeholder of a text field; ``with`` is the text to type.
        select: label of a list; ``option`` is the entry to choose.
        check: label of a checkbox or radio button.
        click: name of a button, link, tab or menu entry, or visible text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    fill: str | None = None
    text: str | None = Field(None, alias="with")
    select: str | None = None
    option: str | None = None
    check: str | None = None
    click: str | None = None

    @model_validator(mode="after")
    def _is_one_step(self) -> Self:
        actions = [name for name in ("fill", "select", "check", "click") if getattr(self, name)]
        if len(actions) != 1:
            raise ValueError("a step has exactly one of fill, select, check and click")
        if (self.fill is None) != (self.text is None):
            raise ValueError("fill needs with, the text to type, and nothing else has it")
        if (self.select is None) != (self.option is None):
            raise ValueError("select needs option, the entry to choose, and nothing else has it")
        return self

    @property
    def name(self) -> str:
        """The words that identify the control."""
        return self.fill or self.select or self.check or self.click or ""

    def __str__(self) -> str:
        action = next(a for a in ("fill", "select", "check", "click") if getattr(self, a))
        return f"{action} “{self.name}”"


def take_steps(context: BrowserContext, steps: Sequence[Step], *, within_s: float) -> None:
    """Take the steps one after the other, each in the tab that was opened last.

    Raises:
        ShopProblem: a step finds no control, or several; the message lists what is there.
    """
    for step in steps:
        page = context.pages[-1]
        control = find_control(page, step, within_s=within_s)
        try:
            _take(control, step, within_s)
        except Error as error:
            raise ShopProblem(
                f"The step {step} failed on {page.url}: {error.message.splitlines()[0]} "
                "Check that the control can be used at this point."
            ) from None


def _take(control: Locator, step: Step, within_s: float) -> None:
    timeout = within_s * 1000
    if step.fill is not None:
        control.fill(step.text or "", timeout=timeout)
    elif step.select is not None:
        control.select_option(label=step.option, timeout=timeout)
    elif step.check is not None:
        control.check(timeout=timeout)
    else:
        control.click(timeout=timeout)


def find_control(page: Page, step: Step, *, within_s: float) -> Locator:
    """Wait for the one visible control that the step names.

    Raises:
        ShopProblem: none, or several, are visible at the end of the time limit.
    """
    found, seen = wait_until(
        page,
        lambda page: _matches(page, step),
        lambda matches: matches[0] if len(matches) == 1 else None,
        within_s=within_s,
    )
    if found is not None:
        return found
    if seen:
        names = ", ".join(_name(control) for control in seen[:LISTED])
        raise ShopProblem(
            f"The step {step} matches {len(seen)} controls on {page.url}: {names}. "
            "Use the full name of one of them."
        )
    raise ShopProblem(
        f"The step {step} found no control on {page.url} within {within_s:g} s. "
        f"{_present(page, step)} Correct the name, or add the step that is missing before it."
    )


def _matches(page: Page, step: Step) -> list[Locator]:
    """Return the visible controls that match best: by exact name, else by a part of the name."""
    for exact in (True, False):
        for group in range(len(_lookups(page.main_frame, step, exact=exact))):
            found = [
                control
                for frame in page.frames
                for control in _visible(_lookups(frame, step, exact=exact)[group])
            ]
            if found:
                return found
    return []


def _lookups(frame: Frame, step: Step, *, exact: bool) -> list[Locator]:
    """Return where the control is looked for, the most specific place first."""
    name = step.name
    if step.click is not None:
        roles: tuple[Role, ...] = ("button", "link", "menuitem", "tab")
        return [
            any_of([frame.get_by_role(role, name=name, exact=exact) for role in roles]),
            frame.get_by_text(name, exact=exact),
        ]
    if step.check is not None:
        return [
            frame.get_by_role("checkbox", name=name, exact=exact).or_(
                frame.get_by_role("radio", name=name, exact=exact)
            ),
            frame.get_by_label(name, exact=exact),
        ]
    return [frame.get_by_label(name, exact=exact), frame.get_by_placeholder(name, exact=exact)]


def any_of(locators: Sequence[Locator]) -> Locator:
    """Return a locator that matches what any of the given ones match."""
    first, *others = locators
    for other in others:
        first = first.or_(other)
    return first


def _visible(locator: Locator) -> list[Locator]:
    try:
        return locator.filter(visible=True).all()
    except Error:
        return []  # the frame was detached


def _name(control: Locator) -> str:
    try:
        return f"“{' '.join(control.evaluate(NAME_OF_CONTROL).split())}”"
    except Error:
        return "one that has gone"


def _present(page: Page, step: Step) -> str:
    """Name the controls of the step's kind that are on the page."""
    kind, selector = KINDS[0] if step.click is not None else KINDS[1]
    shown = [
        _name(control) for frame in page.frames for control in _visible(frame.locator(selector))
    ]
    if not shown:
        return f"The page shows no {kind}."
    more = f" and {len(shown) - LISTED} more" if len(shown) > LISTED else ""
    return f"The page shows the {kind} {', '.join(shown[:LISTED])}{more}."
