"""Whatever shape a merchant's URL has, the shopper lands on exactly that URL.

What "exactly" means is the WHATWG URL standard's business: the landing is what a browser makes
of the configured text once its placeholders are filled in. The table is in ``shapes.py``.
"""

import pytest

from clover.outcome import Outcome
from e2e import claims
from e2e.ends import CARD_FOR
from e2e.journey import Opener
from e2e.shapes import Shape, pairs
from e2e.shop import Shop


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each shape for some outcomes, or for all with ``--thorough``."""
    thorough = metafunc.config.getoption("--thorough")
    chosen = pairs(plain="plain" in metafunc.function.__name__, thorough=thorough)
    metafunc.parametrize(
        ("shape", "outcome"),
        [pytest.param(s, o, id=f"{s.name}-{o}", marks=_marks(s)) for s, o in chosen],
    )


def _marks(shape: Shape) -> list[pytest.MarkDecorator]:
    browser = [pytest.mark.only_browser("chromium")] if shape.needs_rules else []
    claimed = claims.SHAPES.get(shape.name)
    return [*browser, pytest.mark.killed_by(*claimed)] if claimed else browser


@pytest.mark.killed_by("stale-host")
@pytest.mark.sandbox
def test_plain_url_is_reached_as_configured(
    shop: Shop, open_checkout: Opener, shape: Shape, outcome: Outcome
) -> None:
    """A URL that nobody has a reason to refuse is reached part by part as configured."""
    land(shop, open_checkout, shape, outcome)


@pytest.mark.killed_by("stale-host")
@pytest.mark.standin_only
def test_odd_url_is_reached_as_a_browser_reads_it(
    shop: Shop, open_checkout: Opener, shape: Shape, outcome: Outcome
) -> None:
    """A URL that programs read in different ways is reached as browsers read it."""
    land(shop, open_checkout, shape, outcome)


def land(shop: Shop, open_checkout: Opener, shape: Shape, outcome: Outcome) -> None:
    """Bring a checkout whose URL has this shape to its end, and judge it."""
    urls = shop.urls()
    urls[outcome] = shape.url(urls[outcome])
    journey = open_checkout(shop.sell(urls))

    journey.finish(outcome, CARD_FOR[outcome])

    journey.must_end(outcome)
