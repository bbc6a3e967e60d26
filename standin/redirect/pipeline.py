"""The steps in their order, with the one place where a fault can bend each of them."""

from standin.faults.fault import Fault
from standin.redirect import steps
from standin.redirect.response_plan import RedirectPlan, SideRequest, View
from standin.redirect.situation import Situation


def plan_redirect(situation: Situation, fault: Fault | None) -> RedirectPlan:
    """Where the browser goes after what has happened, and how."""
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
    """What opening the hosted page's address shows."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.view(situation, steps.view(situation))


def requests_on_open(situation: Situation, fault: Fault | None) -> tuple[SideRequest, ...]:
    """What the hosted page requests as soon as it is opened."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.on_open(situation, steps.on_open(situation))


def count_charges(situation: Situation, fault: Fault | None) -> int:
    """How many payments are made of one approval."""
    bent = fault if fault and fault.when(situation) else _NO_FAULT
    return bent.charges(situation, steps.charges(situation))


_NO_FAULT = Fault(name="none", breaks="nothing", clause="", why="", source="")
