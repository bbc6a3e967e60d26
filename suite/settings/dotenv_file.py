"""The settings that stand in a ``.env`` file."""

from pathlib import Path

from dotenv.parser import parse_stream


def read_dotenv(path: Path | None) -> tuple[dict[str, str], list[str]]:
    """Read a ``.env`` file as it is written: ``${…}`` in a value stays as it is.

    Args:
        path: of the file, which need not exist; None reads nothing.

    Returns:
        The values by name, a name without a value as an empty text; and a sentence for each line
        that cannot be read, which never repeats the line.
    """
    if path is None or not path.exists():
        return {}, []
    try:
        # An editor on Windows may have put a byte order mark first.
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except OSError as error:
        return {}, [f"{path} cannot be read ({error.strerror}): check what it is and its rights."]
    except UnicodeDecodeError:
        return {}, [f"{path} is not in UTF-8: save it in that encoding."]
    values = {one.key: one.value or "" for one in bindings if one.key is not None}
    sentences = [
        f"{path}, line {one.original.line}, is no setting: write NAME=value, with matching quotes"
        " if any."
        for one in bindings
        if one.error
    ]
    return values, sentences
