"""Secrets are removed from files, which stay valid."""

import zipfile
from pathlib import Path

import pytest

from suite.evidence.scrub_files import scrub_file, scrub_folder, scrub_zip
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
    members = {
        "trace.network": f'{{"x":"{TOKEN}"}}'.encode(),
        "resources/ab12.bin": b"\0\xff" + TOKEN.encode() + b"\0",
        "resources/empty": b"",
    }
    path = _zip(tmp_path / "trace.zip", members)

    assert scrub_zip(path, path, scrubber)

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(members)
        assert all(TOKEN.encode() not in archive.read(name) for name in members)
        assert archive.read("resources/ab12.bin").startswith(b"\0\xff")


def test_folder_is_searched_completely(tmp_path: Path, scrubber: Scrubber) -> None:
    """Hidden and nested files are scrubbed, and zip archives whatever their name."""
    archive = _zip(tmp_path / "download.bin", {"a": TOKEN.encode()})
    plain = [tmp_path / "a" / "b" / "deep.log", tmp_path / ".hidden"]
    for path in plain:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"x {TOKEN} y")
    (tmp_path / "clean.txt").write_text("clean")

    assert sorted(scrub_folder(tmp_path, scrubber)) == sorted([archive, *plain])
    assert all(TOKEN not in path.read_text() for path in plain)
    assert scrub_folder(tmp_path, scrubber) == []


@pytest.mark.parametrize("name", ["clean.zip", "screenshot.png"])
def test_file_without_a_secret_is_not_rewritten(
    tmp_path: Path, scrubber: Scrubber, name: str
) -> None:
    """A clean file stays as it is, and a picture whose bytes look like a secret by coincidence."""
    path = _zip(tmp_path / name, {"a": b"b"})
    if name.endswith(".png"):
        path.write_bytes(PNG)
    before = path.read_bytes()

    assert not scrub_file(path, scrubber)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
