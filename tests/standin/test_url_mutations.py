"""URL mutations change one part and keep every other byte."""

import pytest

from standin.behaviour import Behaviour
from standin.faults import url_mutations as mutate
from standin.faults.url_mutations import TextHook
from standin.outcomes import NO_URLS
from standin.redirect.situation import Situation, Trigger

ORIGIN, QUERY = "https://merchant.example:8443", "x=1&y=%C3%A9&x=2"
URL = f"{ORIGIN}/a/b%20c?{QUERY}#part?z"
NOW = Situation(Trigger.APPROVED, "id", Behaviour(), NO_URLS, NO_URLS, NO_URLS)


@pytest.mark.parametrize("url", [
    URL,
    "https://merchant.example",
    "https://merchant.example?",
    "https://merchant.example#",
    "  https://merchant.example/a",
    "https:\\\\merchant.example/é?q=\n#é",
    "HTTPS://user:pass@merchant.example/a?b?c#d#e",
])  # fmt: skip
def test_parts_of_a_url_make_the_url(url: str) -> None:
    """Splitting a URL and joining its parts changes nothing."""
    assert str(mutate.split_url(url)) == url


@pytest.mark.parametrize(("hook", "made"), [
    (mutate.origin(lambda _: "https://x.example"), URL.replace(ORIGIN, "https://x.example")),
    (mutate.path(str.upper), URL.replace("/a/b%20c", "/A/B%20C")),
    (mutate.query(lambda text: text + "!"), URL.replace("x=2", "x=2!")),
    (mutate.parameters(lambda listed: listed[::-1]), URL.replace(QUERY, "x=2&y=%C3%A9&x=1")),
    (mutate.each_parameter(str.upper), URL.replace(QUERY, QUERY.upper())),
    (mutate.fragment(lambda _: None), URL.removesuffix("#part?z")),
    (mutate.query(mutate.decoded), URL.replace("%C3%A9", "é")),
    (mutate.query(mutate.percent_escapes(str)), URL.replace("%C3%A9", "195169")),
], ids=["origin", "path", "query", "all", "each", "fragment", "decoded", "escapes"])  # fmt: skip
def test_mutation_changes_its_own_part_alone(hook: TextHook, made: str) -> None:
    """A mutation keeps the other parts byte for byte."""
    assert hook(NOW, "", URL) == made


def test_missing_part_is_not_made() -> None:
    """A mutation of the query or the fragment keeps a URL without one."""
    for hook in (mutate.query(lambda _: "a=1"), mutate.fragment(lambda _: "top")):
        assert hook(NOW, "", "https://merchant.example/a") == "https://merchant.example/a"
