"""docs/promises.md says what the tests say."""

import ast
import re

from tests.docs.markdown import ROOT
from tools.docgen import promise_page


def test_page_is_the_generated_one() -> None:
    """The page is the generated one; ``make docs`` writes it."""
    assert promise_page.PAGE.read_text(encoding="utf-8") == promise_page.text()


def test_readme_names_the_number() -> None:
    """The README promises as much as the suite does."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    number = sum(len(chapter.promises) for chapter in promise_page.chapters())

    assert re.findall(r"(\d+) promises", readme) == [str(number)]


def test_every_test_says_what_it_promises() -> None:
    """No chapter and no promise is without its sentence."""
    for chapter in promise_page.chapters():
        assert chapter.words
        assert all(promise.words.endswith(".") for promise in chapter.promises)


def test_marks_are_read_from_the_function_and_from_the_file() -> None:
    """A dot stands for the marker ``sandbox``, wherever that is set."""
    marked = "import pytest\npytestmark = [pytest.mark.sandbox]\ndef test_a():\n    '''A.'''\n"
    single = marked.replace("pytestmark = [pytest.mark.sandbox]", "pytestmark = pytest.mark.core")
    own = single.replace("def test_a", "@pytest.mark.sandbox\ndef test_a")

    for source, expected in ((marked, True), (single, False), (own, True)):
        chapter = promise_page._chapter(ast.parse(source))
        assert [promise.sandbox for promise in chapter.promises] == [expected]
