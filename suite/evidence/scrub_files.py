"""Removal of secrets from files: plain files, zip archives and whole folders."""

import zipfile
from pathlib import Path

from suite.evidence.scrubber import Scrubber

COMPRESSED = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1aE\xdf\xa3", b"wOF2")
"""First bytes of pictures, videos and fonts, in which no text can be found or replaced."""


def scrub_folder(folder: Path, scrubber: Scrubber) -> None:
    """Rewrite every file under ``folder`` that contains a secret."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        if zipfile.is_zipfile(path):
            scrub_zip(path, path, scrubber)
        elif (clean := _clean(raw := path.read_bytes(), scrubber)) is not raw:
            draft = path.with_name(f".{path.name}.draft")
            draft.write_bytes(clean)
            draft.replace(path)


def scrub_zip(source: Path, target: Path, scrubber: Scrubber) -> None:
    """Copy a zip archive without its secrets; ``target`` may be ``source``.

    Member names stay, because a trace refers to its resources by them. They are digests of the
    former content, which no trace viewer checks.
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
        draft.replace(target)
    else:
        draft.unlink()


def _clean(raw: bytes, scrubber: Scrubber) -> bytes:
    return raw if raw.startswith(COMPRESSED) else scrubber.data(raw)
