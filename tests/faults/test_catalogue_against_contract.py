"""Every fault of the stand-in, played to the oracle without a browser."""

from dataclasses import replace

import pytest

from clover.address import parse_or_none
from records.observation import Observation
from standin.faults import CATALOGUE, Fault
from tests.faults.browser import PAGE, observe
from tests.faults.scenes import GROUPS, Scene

SCENES = [scene for group in GROUPS for scene in group]
ON_THE_ROAD = [fault for fault in CATALOGUE.all() if not fault.lapses]
RIGHT = {scene.name: observe(scene, None) for scene in SCENES}


def shows(fault: Fault, scene: Scene) -> Observation | None:
    """What the witnesses tell, if it is anything else than with a provider that is right."""
    came = observe(scene, fault)
    return None if _without_detours(came) == _without_detours(RIGHT[scene.name]) else came


def _without_detours(observed: Observation) -> Observation:
    """The provider's own addresses on the way are its own affair, and so is how a # is written."""
    kept = [
        replace(hop, url=str(parse_or_none(hop.url)), number=0)
        for hop in observed.hops
        if not hop.url.startswith(f"{PAGE}/leave/")
    ]
    return replace(observed, hops=kept, address=str(parse_or_none(observed.address)))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_provider_without_a_fault_breaks_nothing(scene: Scene) -> None:
    """No scene breaks a clause as long as the provider is right."""
    assert scene.judge(RIGHT[scene.name]) == []


@pytest.mark.parametrize("fault", ON_THE_ROAD, ids=lambda fault: fault.name)
def test_fault_breaks_its_clause(fault: Fault) -> None:
    """Where a fault first shows itself, its clause is broken, and none that it does not name."""
    for group in GROUPS:
        seen = [(scene, came) for scene in group if (came := shows(fault, scene))]
        if seen:
            break
    found = {scene.name: scene.judge(came) for scene, came in seen}

    assert found, "the fault shows itself in no scene"
    assert all(found.values()), "the oracle misses it"
    broken = {clause for clauses in found.values() for clause in clauses}
    assert fault.clause in broken
    assert broken <= {fault.clause, *fault.browser_clauses}, found
