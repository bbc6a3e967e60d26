"""Files are rewritten without secrets and stay what they are."""

import zipfile
from pathlib import Path

import pytest

from suite.evidence.scrub_files import scrub_file, scrub_folder, scrub_zip
from suite.evidence.scrubber import Scrubber

TOKEN = "token-7f93ab"
PNG = b"\x89PNG\r\n\x1a\n" + TOKEN.encode()


@pytest.fixture
def scrubber() -> Scrubber:
    """Knows one token."""
    made = Scrubber()
    made.hide(TOKEN)
    return made


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_zip_keeps_its_members_and_loses_the_secret(tmp_path: Path, scrubber: Scrubber) -> None:
    """A trace's resources keep their names, in order, and the archive stays whole."""
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


def test_zip_without_a_secret_is_left_as_it_is(tmp_path: Path, scrubber: Scrubber) -> None:
    """A clean archive is not even rewritten."""
    path = _zip(tmp_path / "clean.zip", {"a": b"b"})
    before = path.read_bytes()

    assert not scrub_file(path, scrubber)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["clean.zip"]


def test_zip_within_a_folder_is_found_whatever_its_name(tmp_path: Path, scrubber: Scrubber) -> None:
    """The content says that a file is an archive, not its ending."""
    path = _zip(tmp_path / "download.bin", {"a": TOKEN.encode()})

    assert scrub_folder(tmp_path, scrubber) == [path]
    with zipfile.ZipFile(path) as archive:
        assert TOKEN.encode() not in archive.read("a")


def test_folder_is_searched_to_the_bottom(tmp_path: Path, scrubber: Scrubber) -> None:
    """Every plain file is cleaned, hidden ones too, and only those are named that held a secret."""
    dirty = [tmp_path / "a" / "b" / "deep.log", tmp_path / ".hidden"]
    for path in dirty:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"x {TOKEN} y")
    (tmp_path / "clean.txt").write_text("clean")

    assert sorted(scrub_folder(tmp_path, scrubber)) == sorted(dirty)
    assert all(TOKEN not in path.read_text() for path in dirty)


def test_picture_is_not_rewritten(tmp_path: Path, scrubber: Scrubber) -> None:
    """Bytes of a compressed picture that look like a secret are chance, and not to be broken."""
    path = tmp_path / "screenshot.png"
    path.write_bytes(PNG)

    assert not scrub_file(path, scrubber)
    assert path.read_bytes() == PNG
