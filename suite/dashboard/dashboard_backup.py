"""What a dashboard held before a test changed it, kept where no crash of the run can lose it."""

import json
from pathlib import Path

from records.outcome import Outcome
from suite.merchant import Urls


class FormerUrls:
    """The former redirect URLs of one merchant, in memory and in a file.

    A file that a killed run left behind goes before what the dashboard shows now: that is what
    the killed run set.

    Attributes:
        kept: the URLs; None while nothing has been changed.
    """

    def __init__(self, folder: Path, results: Path) -> None:
        """Look for what a former run left behind.

        Args:
            folder: of this user and this merchant.
            results: where what could not be put back is written down for a person.
        """
        self._file = folder / "former-redirect-urls.json"
        self._results = results
        self.kept: Urls | None = self._read()

    def keep(self, urls: Urls) -> None:
        """Remember what stands there before the first change; later calls change nothing."""
        if self.kept is None:
            self.kept = dict(urls)
            _write(self._file, {str(outcome): url for outcome, url in urls.items()})

    def forget(self) -> None:
        """Once everything is as it was."""
        self.kept = None
        self._file.unlink(missing_ok=True)

    def write_down(self, merchant_id: str) -> str:
        """Leave the former URLs among the results; returns the file's name."""
        held = {str(outcome): (self.kept or {}).get(outcome, "") for outcome in Outcome}
        file = self._results / f"dashboard-not-put-back-{merchant_id}.json"
        _write(file, {"merchant": merchant_id, **held})
        return str(file)

    def _read(self) -> Urls | None:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return {Outcome(name): str(url) for name, url in found.items()}


def _write(file: Path, values: dict[str, str]) -> None:
    """Whole or not at all, also if the machine stops in between."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(values, indent=1, ensure_ascii=False), encoding="utf-8")
    draft.replace(file)
