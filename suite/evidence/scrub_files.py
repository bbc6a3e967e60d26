"""Secrets taken out of whole files: plain ones, zip archives and everything under a folder."""

import zipfile
from pathlib import Path

from suite.evidence.scrubber import Scrubber

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1aE\xdf\xa3", b"wOF2")
"""How compressed pictures, films and fonts begin: no text can be found or replaced in them."""


def scrub_folder(folder: Path, scrubber: Scrubber) -> list[Path]:
    """Rewrite every file under ``folder`` that holds a secret, and say which those were."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and scrub_file(path, scrubber)
    ]


def scrub_file(path: Path, scrubber: Scrubber) -> bool:
    """Rewrite one file in place if it holds a secret."""
    if zipfile.is_zipfile(path):
        return scrub_zip(path, path, scrubber)
    raw = path.read_bytes()
    clean = _clean(raw, scrubber)
    if clean is raw:
        return False
    _replace(path, clean)
    return True


def scrub_zip(source: Path, target: Path, scrubber: Scrubber) -> bool:
    """Copy a zip archive without its secrets; ``target`` may be ``source``.

    Member names stay, because a trace refers to its resources by them. They are
    digests of the former content, which no reader of traces checks.
    """
    changed = False
    draft = target.with_name(f".{target.name}.draft")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(draft, "w") as after:
        for member in before.infolist():
            raw = before.read(member)
            clean = _clean(raw, scrubber)
            changed = changed or clean is not raw
            after.writestr(member.filename, clean, compress_type=zipfile.ZIP_DEFLATED)
    if changed or source != target:
        target.unlink(missing_ok=True)
        draft.rename(target)
    else:
        draft.unlink()
    return changed


def _clean(raw: bytes, scrubber: Scrubber) -> bytes:
    return raw if raw.startswith(PICTURES) else scrubber.data(raw)


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(data)
    draft.replace(path)
