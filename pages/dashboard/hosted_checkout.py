"""The page Hosted Checkout with its section Redirect URLs."""

from collections.abc import Mapping
from typing import Self

from pages.dashboard.page import DashboardPage, first
from pages.elements import Action, Field
from pages.snapshot import Snapshot
from pages.words import dashboard as words
from pages.words.matching import mentions

#: Two integrators list two fields, one lists three: longest wait for a third.
THIRD_FIELD_WITHIN_S = 3.0
#: Where an outcome is looked for in a field's names, the surest first.
_SOURCES = ("label", "title", "group", "before", "placeholder", "technical")


class HostedCheckoutPage(DashboardPage):
    """One field per outcome, and Save.

    URLs are plain text by outcome: "success", "failure", "cancel".
    """

    name = "The page “Hosted Checkout”"

    def ready(self) -> Self:
        """Wait for the fields, and unfold their section if it is folded."""
        _, seen = self.wait_for(
            lambda seen: _all_fields(seen) or _fold(seen),
            within_s=min(THIRD_FIELD_WITHIN_S, self.within_s),
        )
        if not outcome_fields(seen):
            self.press(
                _fold,
                lambda seen: bool(outcome_fields(seen)),
                what="“Redirect URLs”",
                leads_to="a field for each outcome",
            )
        return self

    def urls(self) -> dict[str, str]:
        """Return what the fields hold, saved or not, without empty fields."""
        return {name: field.value for name, field in self._fields().items() if field.value}

    def type(self, urls: Mapping[str, str]) -> Self:
        """Fill in every field, and empty those without a URL; save nothing."""
        fields = self._fields()
        missing = [f"a field for {name}" for name in urls if name not in fields]
        if missing:
            raise self.changed(*missing)
        for name in words.OUTCOMES:
            field = fields.get(name)
            if field is not None and field.value != urls.get(name, ""):
                self.input_method.fill(self.page, field, urls.get(name, ""))
                fields = self._fields()  # a page may replace its fields after each change
        return self

    def save(self) -> Self:
        """Press Save and wait for the dashboard's response."""
        button = self.find(_save, "a button “Save” for the redirect URLs")
        if button.disabled:  # nothing has changed, so there is nothing to save
            return self
        self.submit(button)
        self._fields()
        return self

    def reopen(self) -> Self:
        """Open the page again, so that it shows what is saved.

        A reload would send a refused form again. An address that differs behind its # only is not
        loaded again, hence the empty page between.
        """
        url = self.page.url
        self.page.goto("about:blank")
        self.page.goto(url, wait_until="domcontentloaded")
        return self.ready()

    def problems(self) -> dict[str, str]:
        """Return what the page says beside each field that it refuses, by outcome."""
        return {name: field.note for name, field in self._fields().items() if field.invalid}

    def complaint(self) -> str:
        """Return all messages of the page and its fields, as one text."""
        return " / ".join([*self.snapshot().messages, *self.problems().values()])

    def _fields(self) -> dict[str, Field]:
        found, seen = self.wait_for(lambda seen: outcome_fields(seen) or None)
        if found is None:
            missing = "a field for each outcome in the section “Redirect URLs”"
            raise self.changed(missing, seen=seen)
        return found


def outcome_fields(seen: Snapshot) -> dict[str, Field]:
    """The field of each outcome; empty unless there are those for success and failure.

    A field's label decides; less certain names count only if the label says nothing.
    """
    fields = [
        field
        for field in seen.fields
        if not field.secret and not any("webhook" in name.casefold() for _, name in field.names)
    ]
    fields = seen.after(words.REDIRECT_URLS, fields) or fields
    found: dict[str, Field] = {}
    for outcome in words.OUTCOMES:
        for source in _SOURCES:
            matching = [f for f in fields if _outcomes_in(f.names_from(source)) == [outcome]]
            if len(matching) == 1:
                found[outcome] = matching[0]
                break
    distinct = len({(field.frame, field.number) for field in found.values()}) == len(found)
    return found if distinct and {"success", "failure"} <= set(found) else {}


def _all_fields(seen: Snapshot) -> dict[str, Field] | None:
    found = outcome_fields(seen)
    return found if len(found) == len(words.OUTCOMES) else None


def _fold(seen: Snapshot) -> Action | None:
    """What unfolds the section while its fields are hidden."""
    return None if outcome_fields(seen) else first(seen.actions_called(words.REDIRECT_URLS))


def _outcomes_in(name: str) -> list[str]:
    return [outcome for outcome, own in words.OUTCOMES.items() if mentions(name, own)]


def _save(seen: Snapshot) -> Action | None:
    """The first Save after the fields; the only one, if it stands before them."""
    fields, offered = outcome_fields(seen), seen.actions_called(words.SAVE)
    if not fields or not offered:
        return None
    order = list(seen.elements)
    last = max(order.index(field) for field in fields.values())
    behind = [action for action in offered if order.index(action) > last]
    return first(behind) or (offered[0] if len(offered) == 1 else None)
