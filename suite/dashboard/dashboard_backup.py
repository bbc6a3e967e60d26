"""Backup of a merchant's redirect URLs, kept in a file that survives a killed run."""

import json
from pathlib import Path

from records.outcome import Outcome
from suite.redirect_urls import Urls


class DashboardBackup:
    """The redirect URLs of one merchant before the first change, in memory and in a file.

    A file that a killed run left is preferred to what the dashboard shows: the killed run set that.

    Attributes:
        urls: the URLs; None while nothing has been changed.
    """

    def __init__(self, folder: Path, results: Path) -> None:
        """Read what an earlier run left.

        Args:
            folder: of this user and this merchant.
            results: where URLs that could not be restored are written for a person.
        """
        self._file = folder / "former-redirect-urls.json"
        self._results = results
        self.urls: Urls | None = self._read()

    def keep(self, urls: Urls) -> None:
        """Keep the URLs before the first change; later calls change nothing."""
        if self.urls is None:
            self.urls = dict(urls)
            _write(self._file, {str(outcome): url for outcome, url in urls.items()})

    def discard(self) -> None:
        """Delete the backup, once the URLs are restored."""
        self.urls = None
        self._file.unlink(missing_ok=True)

    def export(self, merchant_id: str) -> str:
        """Write the URLs into the results; returns the file's name."""
        held = {str(outcome): (self.urls or {}).get(outcome, "") for outcome in Outcome}
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
    """Write the whole file or nothing, even if the machine stops."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(values, indent=1, ensure_ascii=False), encoding="utf-8")
    draft.replace(file)
