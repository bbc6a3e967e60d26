"""The contract on thousands of generated URLs."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clover.checkouts import SESSION, SID
from tests.clover.url_grammar import Case, cases, chances, mutants, respell, substitute

#: The same examples everywhere and every time: what fails on one machine fails on all.
FIXED = settings(
    derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@settings(FIXED, max_examples=800)
@given(case=cases, chance=chances)
def test_right_landing_is_accepted_however_it_is_written(case: Case, chance: Random) -> None:
    """Every spelling that a browser reads as the expected URL is accepted."""
    assert case.checkout.landing(respell(chance, case.landing)) == []


@settings(FIXED, max_examples=200)
@given(case=cases, chance=chances)
def test_right_landing_is_accepted_however_it_was_configured(case: Case, chance: Random) -> None:
    """Tabs, backslashes, dot segments and default ports in the configured URL change nothing."""
    assert case.checkout.with_url(respell(chance, str(case.written))).landing(case.landing) == []


@settings(FIXED, max_examples=150)
@given(case=cases)
def test_each_single_mutation_breaks_the_clause_of_its_part(case: Case) -> None:
    """A landing that is wrong in one part breaks the clause of that part and no other."""
    for mutant in mutants(case):
        assert tuple(case.checkout.landing(mutant.url)) == mutant.clauses, mutant


@settings(FIXED, max_examples=200)
@given(case=cases, data=st.data())
def test_one_literal_placeholder_of_several_is_found(case: Case, data: st.DataObject) -> None:
    """One unsubstituted placeholder among several breaks its clause."""
    first, *others = str(case.written).split(SID)
    if not others:
        return
    kept = data.draw(st.integers(0, len(others) - 1))
    joined = (f"{SID if n == kept else SESSION}{part}" for n, part in enumerate(others))
    url = substitute(first + "".join(joined), {"{ERROR_CODE}": "card_declined"})
    assert case.checkout.landing(url) == ["no-literal-placeholder"]
