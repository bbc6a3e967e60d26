"""Two URLs are compared part by part, and the difference is marked."""

from suite.reporting.url_diff import Piece, compare


def _different(expected: str, landed: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (piece.part, piece.verb, piece.expected, piece.landed)
        for piece in compare(expected, landed)
        if not piece.same
    ]


def test_same_url_differs_in_nothing() -> None:
    """A URL is itself."""
    assert _different("https://a.example/s?x=1#f", "https://a.example/s?x=1#f") == []


def test_default_port_is_the_port_left_out() -> None:
    """Port 443 of HTTPS is no difference."""
    assert _different("https://a.example/", "https://a.example:443/") == []


def test_each_part_is_named() -> None:
    """Scheme, host, port, path and fragment each have a line of their own."""
    assert _different("https://a.example/s#x", "http://b.example:8080/t#y") == [
        ("scheme", "changed", "https", "http"),
        ("host", "changed", "a.example", "b.example"),
        ("port", "changed", "443", "8080"),
        ("path", "changed", "/s", "/t"),
        ("fragment", "changed", "x", "y"),
    ]


def test_parameters_are_paired_by_name() -> None:
    """A parameter with another value is changed, not lost and added."""
    assert _different("https://a/?note=a%20b&y=2", "https://a/?note=a+b&y=2") == [
        ("query", "changed", "note=a%20b", "note=a+b")
    ]


def test_lost_and_added_parameters_are_told_apart() -> None:
    """What is missing and what is new are different news."""
    assert _different("https://a/?x=1&x=", "https://a/?x=1&utm=z") == [
        ("query", "lost", "x=", None),
        ("query", "added", None, "utm=z"),
    ]


def test_mark_covers_the_differing_characters() -> None:
    """The mark leaves out what both sides begin and end with."""
    piece = next(
        piece for piece in compare("https://a/?n=a%20b", "https://a/?n=a+b") if not piece.same
    )

    (start, end), (from_, to) = piece.mark
    assert piece.expected is not None
    assert piece.landed is not None
    assert (piece.expected[start:end], piece.landed[from_:to]) == ("%20", "+")


def test_text_that_no_browser_reads_is_compared_as_a_whole() -> None:
    """A broken URL is shown rather than refused."""
    assert [piece.part for piece in compare("https://a/", "not a url")] == ["URL"]


def test_repeated_letters_do_not_overlap_in_the_mark() -> None:
    """A mark is never of negative length."""
    piece = Piece("path", "/aa", "/a", compare("https://x/aa", "https://x/a")[3].mark)

    assert all(start <= end for start, end in piece.mark)
