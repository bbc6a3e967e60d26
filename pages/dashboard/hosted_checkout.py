"""The page Hosted Checkout with its section Redirect URLs."""

from collections.abc import Mapping
from typing import ClassVar, Self

from pages.dashboard import words
from pages.dashboard.look import Look, Thing, wait_for
from pages.dashboard.screen import Screen

#: Two integrators list two fields, one lists three: a third is waited for no longer than this.
THIRD_FIELD_WITHIN_S = 3.0


class HostedCheckoutPage(Screen):
    """One field per outcome, and Save.

    URLs are plain text by outcome: "success", "failure", "cancel".
    """

    NAME: ClassVar = "The page “Hosted Checkout”"

    def ready(self) -> Self:
        """Wait for the fields, opening their section where it is folded.

        Raises:
            PageChanged: there are none.
        """
        _, seen = wait_for(
            self.page,
            lambda look: _all_fields(look) or _fold(look),
            within_s=min(THIRD_FIELD_WITHIN_S, self.within_s),
        )
        if not outcome_fields(seen):
            self.press(
                _fold,
                lambda look: bool(outcome_fields(look)),
                what="“Redirect URLs”",
                leads_to="a field for each outcome",
            )
        return self

    def urls(self) -> dict[str, str]:
        """What the fields hold right now, saved or not; an empty field is left out."""
        return {name: field.value for name, field in self._fields().items() if field.value}

    def type(self, urls: Mapping[str, str]) -> Self:
        """Fill in every field, those without a URL with nothing; saves nothing.

        Raises:
            PageChanged: an outcome that needs one has no field.
        """
        fields = self._fields()
        missing = [name for name in urls if name not in fields]
        if missing:
            raise self.changed([f"a field for {name}" for name in missing])
        for name in words.OUTCOMES:
            field = fields.get(name)
            if field is not None and field.value != urls.get(name, ""):
                self.hand.fill(self.page, field, urls.get(name, ""))
                fields = self._fields()  # a page may draw its fields anew after each change
        return self

    def save(self) -> Self:
        """Press Save and wait for the dashboard's answer, whatever it is.

        Raises:
            PageChanged: there is no button to save these fields with.
        """
        button = self.find(_save, "a button “Save” for the redirect URLs")
        if button.disabled:  # nothing has changed, so there is nothing to save
            return self
        self.submit(button)
        self._fields()
        return self

    def reopen(self) -> Self:
        """Open the page again, so that it shows what is saved.

        Not by a reload, which would send a form again that was just refused; and by way of an
        empty page, since an address that differs behind its # only is not loaded again.

        Raises:
            PageChanged: it does not come back with its fields.
        """
        url = self.page.url
        self.page.goto("about:blank")
        self.page.goto(url, wait_until="domcontentloaded")
        return self.ready()

    def problems(self) -> dict[str, str]:
        """What the page says beside a field that it refuses, by outcome."""
        return {name: field.says for name, field in self._fields().items() if field.invalid}

    def complaint(self) -> str:
        """Everything the page says aloud, and beside fields that it refuses."""
        return " / ".join([*self.look().alerts, *self.problems().values()])

    def _fields(self) -> dict[str, Thing]:
        found, _ = wait_for(
            self.page, lambda seen: outcome_fields(seen) or None, within_s=self.within_s
        )
        if found is None:
            raise self.changed(["a field for each outcome in the section “Redirect URLs”"])
        return found


def outcome_fields(seen: Look) -> dict[str, Thing]:
    """The field of each outcome; empty unless there are at least those for success and failure.

    A field's label decides; what is less sure is asked only where the label tells nothing.
    """
    fields = [field for field in seen.of("field") if not field.secret and not _is_webhook(field)]
    fields = seen.after(words.REDIRECT_URLS, fields) or fields
    found: dict[str, Thing] = {}
    for outcome in words.OUTCOMES:
        for tier in range(len(fields[0].names) if fields else 0):
            fitting = [field for field in fields if _outcomes_in(field.names[tier]) == [outcome]]
            if len(fitting) == 1:
                found[outcome] = fitting[0]
                break
    distinct = len({field.number for field in found.values()}) == len(found)
    return found if distinct and {"success", "failure"} <= set(found) else {}


def _all_fields(seen: Look) -> dict[str, Thing] | None:
    found = outcome_fields(seen)
    return found if len(found) == len(words.OUTCOMES) else None


def _fold(seen: Look) -> Thing | None:
    """What unfolds the section, as long as its fields are hidden."""
    return None if outcome_fields(seen) else next(iter(seen.actions(words.REDIRECT_URLS)), None)


def _outcomes_in(name: str) -> list[str]:
    return [outcome for outcome, own in words.OUTCOMES.items() if words.mentions(name, own)]


def _is_webhook(field: Thing) -> bool:
    return any("webhook" in name.casefold() for name in field.names)


def _save(seen: Look) -> Thing | None:
    """The first Save after the fields; the only one, where it stands before them."""
    fields, offered = outcome_fields(seen), seen.actions(words.SAVE)
    if not fields or not offered:
        return None
    order = list(seen.things)
    last = max(order.index(field) for field in fields.values())
    behind = [action for action in offered if order.index(action) > last]
    return behind[0] if behind else offered[0] if len(offered) == 1 else None
