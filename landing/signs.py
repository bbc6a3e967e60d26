"""Signs of a page besides its content: dialogs, titles and lines of the console."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, ConsoleMessage, Dialog, Error

from records.observation import ConsoleLine, Interruption

#: The script's own world: the page sees neither the script nor the binding.
_WORLD = "clover-redirects"
_TELL = "tellTitle"
_WATCH_TITLE = f"""
let last = "";
new MutationObserver(() => {{
  if (document.title !== last) {{
    last = document.title;
    {_TELL}(last);
  }}
}}).observe(document, {{ childList: true, characterData: true, subtree: true }});
"""


@dataclass
class Signs:  # no slots: Playwright keeps a mark on the owner of each handler
    """Signs of one tab since the trail began.

    Only Chromium reports the titles that a tab had for a moment.

    Attributes:
        now_ms: the trail's clock.
        titles: every title of the tab, also those that it had for a moment.
        console: lines that pages of the tab and of its pop-ups wrote.
    """

    now_ms: Callable[[], float]
    dialogs: list[Interruption] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    console: list[ConsoleLine] = field(default_factory=list)

    @property
    def handlers(self) -> tuple[tuple[str, Callable[..., None]], ...]:
        """The name of each event with its handler."""
        return (
            ("Page.javascriptDialogOpening", self._on_dialog),
            ("Runtime.bindingCalled", self._on_title),
        )

    def begin(self, session: CDPSession) -> None:
        """Watch the titles of the tab from its next page on."""
        session.send("Runtime.enable")
        session.send("Runtime.addBinding", {"name": _TELL, "executionContextName": _WORLD})
        script = {"source": _WATCH_TITLE, "worldName": _WORLD}
        session.send("Page.addScriptToEvaluateOnNewDocument", script)

    def note_console(self, message: ConsoleMessage) -> None:
        """Note a line of the console."""
        self.console.append(ConsoleLine(message.type, message.text, self.now_ms()))

    def note_dialog(self, dialog: Dialog) -> None:
        """Note a dialog and press OK, for browsers without Chromium's event of dialogs."""
        self.dialogs.append(Interruption(dialog.type, dialog.message, self.now_ms()))
        with contextlib.suppress(Error):  # a page object has answered it
            dialog.accept()

    def _on_dialog(self, event: dict[str, Any]) -> None:
        self.dialogs.append(Interruption(event["type"], event["message"], self.now_ms()))

    def _on_title(self, event: dict[str, Any]) -> None:
        if event["name"] == _TELL:
            self.titles.append(event["payload"])
