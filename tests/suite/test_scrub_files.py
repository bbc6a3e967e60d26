"""Secrets are removed from files, which stay valid."""

import zipfile
from pathlib import Path

import pytest

from suite.evidence.scrub_files import scrub_folder, scrub_zip
from suite.evidence.scrubber import Scrubber

TOKEN = "token-7f93ab"
PNG = b"\x89PNG\r\n\x1a\n" + TOKEN.encode()


@pytest.fixture
def scrubber() -> Scrubber:
    """A scrubber that knows one token."""
    made = Scrubber()
    made.hide(TOKEN)
    return made


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_zip_keeps_its_members_and_loses_the_secret(tmp_path: Path, scrubber: Scrubber) -> None:
    """Members of a trace keep their names and their order, and the archive stays valid."""
    binary = b"\0\xff" + TOKEN.encode() + b"\0"
    members = {"trace.network": f'{{"x":"{TOKEN}"}}'.encode(), "a/b.bin": binary, "a/empty": b""}
    path = _zip(tmp_path / "trace.zip", members)

    scrub_zip(path, path, scrubber)

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        assert all(TOKEN.encode() not in archive.read(name) for name in members)
        assert archive.read("a/b.bin").startswith(b"\0\xff")


def test_folder_is_searched_completely(tmp_path: Path, scrubber: Scrubber) -> None:
    """Hidden, nested and zipped files are scrubbed; clean files and pictures are not rewritten."""
    archive = _zip(tmp_path / "download.bin", {"a": TOKEN.encode()})
    plain = [tmp_path / "a" / "b" / "deep.log", tmp_path / ".hidden"]
    for path in plain:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"x {TOKEN} y")
    picture, clean = tmp_path / "screenshot.png", tmp_path / "clean.txt"
    picture.write_bytes(PNG)
    clean.write_text("clean")
    unchanged = [picture, clean, _zip(tmp_path / "clean.zip", {"a": b"b"})]
    before = [(path.read_bytes(), path.stat().st_ino) for path in unchanged]

    scrub_folder(tmp_path, scrubber)

    assert all(TOKEN not in path.read_text() for path in plain)
    with zipfile.ZipFile(archive) as scrubbed:
        assert TOKEN.encode() not in scrubbed.read("a")
    assert [(path.read_bytes(), path.stat().st_ino) for path in unchanged] == before
    assert sorted(tmp_path.rglob("*.*")) == sorted([archive, *plain, *unchanged])
