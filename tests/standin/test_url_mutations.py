"""Cuts on URLs, which take away or change one piece and leave every other byte alone."""

import pytest

from standin.behaviour import Behaviour
from standin.faults import url_mutations as mutate
from standin.faults.url_mutations import TextHook
from standin.outcomes import NO_URLS
from standin.redirect.situation import Situation, Trigger

ORIGIN, QUERY = "https://merchant.example:8443", "x=1&y=%C3%A9&x=2"
URL = f"{ORIGIN}/a/b%20c?{QUERY}#part?z"
NOW = Situation(Trigger.APPROVED, "id", Behaviour(), NO_URLS, NO_URLS, NO_URLS)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://merchant.example",
        "https://merchant.example?",
        "https://merchant.example#",
        "  https://merchant.example/a",
        "https:\\\\merchant.example/é?q=\n#é",
        "HTTPS://user:pass@merchant.example/a?b?c#d#e",
    ],
)
def test_pieces_of_a_url_make_the_url(url: str) -> None:
    """Cutting and joining changes nothing."""
    assert str(mutate.split_url(url)) == url


@pytest.mark.parametrize(
    ("hook", "made"),
    [
        (mutate.origin(lambda _: "https://x.example"), URL.replace(ORIGIN, "https://x.example")),
        (mutate.path(str.upper), URL.replace("/a/b%20c", "/A/B%20C")),
        (mutate.query(lambda text: text + "!"), URL.replace("x=2", "x=2!")),
        (mutate.parameters(lambda listed: listed[::-1]), URL.replace(QUERY, "x=2&y=%C3%A9&x=1")),
        (mutate.each_parameter(str.upper), URL.replace(QUERY, QUERY.upper())),
        (mutate.fragment(lambda _: None), URL.removesuffix("#part?z")),
        (mutate.query(mutate.decoded), URL.replace("%C3%A9", "é")),
        (mutate.query(mutate.percent_escapes(str)), URL.replace("%C3%A9", "195169")),
    ],
    ids=["origin", "path", "query", "pieces", "each piece", "fragment", "decoded", "escapes"],
)  # fmt: skip
def test_cut_changes_its_own_piece_alone(hook: TextHook, made: str) -> None:
    """The rest of the URL stays byte for byte as it was."""
    assert hook(NOW, "", URL) == made


def test_query_that_is_not_there_is_not_made() -> None:
    """A change of the query or the fragment leaves a URL without one as it is."""
    for hook in (mutate.query(lambda _: "a=1"), mutate.fragment(lambda _: "top")):
        assert hook(NOW, "", "https://merchant.example/a") == "https://merchant.example/a"
