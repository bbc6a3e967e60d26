"""Manual sign-in to the dashboard, without a window."""

import re
import stat
import sys
from pathlib import Path

import pytest

from suite.dashboard import access
from suite.places import HOME
from tools import dashboard_login

Capture = pytest.CaptureFixture[str]
LOGIN = {
    "CLOVER_DASHBOARD_URL": "https://sandbox.dev.clover.com/dashboard",
    "CLOVER_DASHBOARD_EMAIL": "me@example.com",
    "CLOVER_DASHBOARD_PASSWORD": "open sesame",
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such file modes")
def test_sign_in_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """The file is never readable by others, also where an open one was in its place."""
    file = tmp_path / "auth" / "dashboard.json"
    file.parent.mkdir()
    file.touch(mode=0o644)

    dashboard_login.keep("{}", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8") == "{}"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
@pytest.mark.parametrize(("login", "message"), [
    pytest.param(LOGIN, r"There is no display[^\n]+\n", id="display"),
    pytest.param(dict.fromkeys(LOGIN, ""), r"(?s).*CLOVER_DASHBOARD_URL is missing.*",
                 id="settings"),
])  # fmt: skip
def test_message_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, login: dict[str, str], message: str
) -> None:
    """Without a display, or without the dashboard's settings, the command names what is missing."""
    for name, value in {**login, "DISPLAY": "", "WAYLAND_DISPLAY": ""}.items():
        monkeypatch.setenv(name, value)
    assert dashboard_login.main() == 1
    assert re.fullmatch(message, capsys.readouterr().err)


def test_sign_in_is_kept_out_of_git() -> None:
    """Git ignores the folder that the sign-in is kept in."""
    ignored = (HOME / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{access.SIGN_IN_FILE.parent.name}/" in ignored
