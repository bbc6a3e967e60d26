"""Case files: strict reading, lossless writing, and the schema for editors."""

import json
import tomllib
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clover import cards
from clover.models import Customer, LineItem
from records.outcome import Outcome
from suite.cases.case import CARDS, Case
from suite.cases.case_file import CaseFile, CaseProblem, dumps, parse_case, schema

WHOLE = """#:schema ./case.schema.json

title = "A declined shopper tries another card and lands on the success URL"
outcome = "success"
card = ["DECLINED", "APPROVED"]
behaviour = "measured"
skin = "classic"
device = "iPhone 13"
locale = "fr-CA"
fault = "query-dropped"

[switches]
decline = "stay"

[request]
success = "https://merchant.example/merci?id={CHECKOUT_SESSION_ID}"

[dashboard]
failure = "https://merchant.example/non"

[customer]
first_name = "Zoë"

[[line_items]]
name = "Tea"
price_cents = 350
unit_qty = 2

[[line_items.tax_rates]]
name = "GST"
rate = 500000

[[line_items]]
name = "Cup"
price_cents = 1200

[expect]
landing = "https://merchant.example/merci?id={CHECKOUT_SESSION_ID}"
status = 200
text = "Merci"
"""
SMALL = 'title = "A case"\noutcome = "cancel"\n'
ITEM = "[[line_items]]\n"
CARDS_LEFT = SMALL + 'card = "DECLINED"\n'
TWO_CARDS = 'title = "x"\noutcome = "success"\ncard = ["DECLINED", "APPROVED"]\n'
ENDS = 'ends the checkout, because decline is "failure" in the behaviour '


def test_every_field_is_read_and_written() -> None:
    """A case that a failed test writes can be repeated."""
    case = parse_case(WHOLE)

    assert case.outcome is Outcome.SUCCESS
    assert case.cards == (cards.DECLINED, cards.APPROVED)
    assert case.switches == {"decline": "stay"}
    assert case.dashboard == {Outcome.FAILURE: "https://merchant.example/non"}
    assert [rate.rate for rate in case.line_items[0].tax_rates or ()] == [500_000]
    assert case.expect.status == 200
    assert not case.stays
    assert parse_case(SMALL + '[expect]\nlanding = "none"').stays
    assert parse_case(dumps(case)) == case


@given(st.text(min_size=1), st.text().map("https://{}".format), st.text())
def test_any_text_survives_writing_and_reading(title: str, url: str, name: str) -> None:
    """Quotes, backslashes, control characters and emoji are not changed."""
    fields = {"title": title, "outcome": Outcome.CANCEL}
    more = {"request": {"cancel": url}, "customer": {"first_name": name}}
    try:
        text = dumps(fields | more).encode("utf-8").decode("utf-8")
    except UnicodeEncodeError:
        return  # a file cannot contain a lone surrogate

    read = parse_case(text)

    assert read.title == title
    assert (read.request or {}).get(Outcome.CANCEL) == (url or None)
    assert (read.customer or Customer()).first_name == (name or None)


def test_collected_fields_may_be_objects() -> None:
    """Cards are written as names, never as numbers; empty values are omitted."""
    tea = LineItem(name="Tea", price_cents=350)
    fields = {"title": "t", "outcome": Outcome.FAILURE, "behaviour": None, "skin": ""}

    text = dumps({**fields, "card": [cards.DECLINED, cards.APPROVED], "line_items": (tea,)})

    assert tomllib.loads(text)["card"] == ["DECLINED", "APPROVED"]
    assert cards.DECLINED.number not in text
    assert "behaviour" not in text
    assert parse_case(text).line_items == (tea,)


@pytest.mark.parametrize(("text", "complaint"), [
    ("title = A case", "line 1: this is not valid TOML"),
    (SMALL + "[request\n", "line 3: this is not valid TOML"),
    ('outcome = "cancel"', "line 1: title: it is missing: add it."),
    ('title = "x"\noutcome = "won"', "line 2: outcome: input should be 'success'"),
    (SMALL + 'crad = "A"', "line 3: crad: there is no such field: did you mean card?"),
    (SMALL + '[request]\nsucces = "x"',
     "line 4: request.succes: there is no such field: did you mean success?"),
    (SMALL + ITEM + 'name = "a"\nprice_cents = 1\n' + ITEM + 'name = "b"\nprice_cents = -1',
     "line 8: line_items.1.price_cents: input should be greater than 0"),
    (SMALL + ITEM + 'name = "a"', "line 3: a line needs a name and a price"),
    (SMALL + "[expect]\nstatus = 20", "line 4: expect.status"),
    (SMALL + 'card = [\n"A"\n]\n[expect]\ntext = 1', "line 7: expect.text"),
    (SMALL + 'card = "VISA"', "line 3: card 'VISA' is not a test card: use one of"),
    ('title = "x"\noutcome = "success"', "line 1: an outcome of success needs a card"),
    (SMALL + '[switches]\ndecline = "sty"', "line 4: In the change asked for"),
    (SMALL + 'behaviour = "odd"', "line 3: There is no behaviour named 'odd'"),
    (CARDS_LEFT + '[switches]\ndecline = "failure"', f"line 5: card DECLINED {ENDS}documented, d"),
    (CARDS_LEFT + 'behaviour = "measured"', f"line 3: card DECLINED {ENDS}measured, so nothing"),
    (SMALL + 'card = "APPROVED"\nbehaviour = "documented"', "line 3: card APPROVED is approved,"),
    (TWO_CARDS + 'behaviour = "documented"', f"line 3: card DECLINED {ENDS}documented, so"),
    ('title = "x"\noutcome = "failure"\ncard = "APPROVED"\nbehaviour = "documented"',
     "line 3: card APPROVED is approved, so the outcome cannot be failure: use DECLINED"),
    ('title = "x"\noutcome = "success"\ncard = "DECLINED"\nbehaviour = "documented"',
     "line 3: card DECLINED is declined, so the outcome cannot be success: use APPROVED"),
])  # fmt: skip
def test_mistake_is_reported_with_file_line_and_remedy(text: str, complaint: str) -> None:
    """The message suffices to correct the file without knowing Python."""
    with pytest.raises(CaseProblem) as caught:
        parse_case(text, name="f.toml")
    assert str(caught.value).startswith(f"f.toml, {complaint}")
    assert "\n" not in str(caught.value)


def test_run_says_what_a_decline_leads_to_if_the_case_does_not() -> None:
    """A case that names no behaviour is refused under those behaviours only that exclude it."""
    for text in (CARDS_LEFT, TWO_CARDS):
        assert parse_case(text).card
        assert parse_case(f'{text}[switches]\ndecline = "stay"', behaviour="documented").card
        with pytest.raises(CaseProblem, match="card DECLINED ends the checkout"):
            parse_case(text, behaviour="documented")


def test_every_mistake_and_an_unreadable_file_are_reported(tmp_path: Path) -> None:
    """One run reports every mistake of a file, each on a line; a missing file is one sentence."""
    with pytest.raises(CaseProblem, match=r"line 1.*\n.*line 2.*\n.*line 3"):
        parse_case('title = ""\noutcome = "won"\nextra = 1')
    with pytest.raises(CaseProblem, match="cannot be read"):
        CaseFile.read(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "mistake", ["", 'card = "VISA"', "card = []", "crad = 1", '[request]\nsucces = "x"']
)
def test_schema_agrees_with_the_reader(mistake: str) -> None:
    """An editor marks a mistake before the case is run, and marks no valid file."""
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    assert validator.is_valid(tomllib.loads(SMALL + mistake)) is not bool(mistake)
    assert validator.is_valid(tomllib.loads(WHOLE))


def test_schema_offers_every_card_and_describes_every_field() -> None:
    """Editors complete card names and show what each field means."""
    offered = json.loads(schema())["properties"]["card"]["anyOf"][0]["enum"]
    undescribed = {name for name, field in Case.model_fields.items() if not field.description}
    assert set(CARDS) <= set(offered)
    assert undescribed == {"expect"}
