"""The steps of the redirect in order, each followed by the hook of the fault."""

from standin.faults.fault import Fault
from standin.redirect import steps
from standin.redirect.response_plan import RedirectPlan, SideRequest, View
from standin.redirect.situation import Situation


def plan_redirect(situation: Situation, fault: Fault | None) -> RedirectPlan:
    """Plan the redirect that follows from what happened."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    outcome = bent.outcome(situation, steps.outcome(situation))
    urls = bent.urls(situation, steps.choose_urls(situation))
    template = steps.choose_url(situation, urls, outcome) if outcome else None
    if template is None:
        return RedirectPlan(outcome, None)
    return RedirectPlan(
        outcome,
        _finish(situation, template, bent),
        bent.navigation(situation, steps.navigation(situation)),
        bent.exposure(situation, steps.exposure(situation)),
    )


def _finish(situation: Situation, template: str, bent: Fault) -> str:
    filled = bent.substitute(situation, template, steps.substitute(situation, template))
    longer = bent.append(situation, filled, steps.append(situation, filled))
    return bent.encode(situation, longer, steps.encode(situation, longer))


def show(situation: Situation, fault: Fault | None) -> View:
    """What the hosted page's address shows."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.view(situation, steps.view(situation))


def requests_on_open(situation: Situation, fault: Fault | None) -> tuple[SideRequest, ...]:
    """Requests that the hosted page makes when it is opened."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.on_open(situation, steps.on_open(situation))


def count_charges(situation: Situation, fault: Fault | None) -> int:
    """How many payments one attempt makes."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.charges(situation, steps.charges(situation))


_NO_FAULT = Fault(name="none", breaks="nothing", clause="", why="", source="")
