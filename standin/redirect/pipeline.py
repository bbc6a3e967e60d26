"""The steps of the redirect in order, each followed by the hook of the fault."""

from standin.faults.fault import Fault
from standin.redirect import steps
from standin.redirect.response_plan import PageExposure, RedirectPlan, SideRequest, View
from standin.redirect.situation import Situation, Trigger


def plan_redirect(situation: Situation, fault: Fault | None) -> RedirectPlan:
    """Plan the redirect that follows from what happened."""
    active = _active(fault, situation)
    outcome = active.outcome(situation, steps.outcome(situation))
    urls = active.urls(situation, steps.choose_urls(situation))
    template = steps.choose_url(situation, urls, outcome) if outcome else None
    if template is None:
        return RedirectPlan(outcome, None)
    return RedirectPlan(
        outcome,
        _finish(situation, template, active),
        active.navigation(situation, steps.navigation(situation)),
        active.exposure(situation, PageExposure()),
    )


def _finish(situation: Situation, template: str, active: Fault) -> str:
    filled = active.substitute(situation, template, steps.substitute(situation, template))
    longer = active.append(situation, filled, steps.append(situation, filled))
    return active.encode(situation, longer, steps.encode(situation, longer))


def show(situation: Situation, fault: Fault | None) -> View:
    """What the hosted page's address shows."""
    return _active(fault, situation).view(situation, steps.view(situation))


def requests_on_open(situation: Situation, fault: Fault | None) -> tuple[SideRequest, ...]:
    """Requests that the hosted page makes when it is opened."""
    return _active(fault, situation).on_open(situation, ())


def count_charges(situation: Situation, fault: Fault | None) -> int:
    """How many payments one attempt makes."""
    right = 1 if situation.trigger is Trigger.APPROVED else 0
    return _active(fault, situation).charges(situation, right)


_NO_FAULT = Fault(name="none", breaks="nothing", clause="", why="", source="")


def _active(fault: Fault | None, situation: Situation) -> Fault:
    return fault if fault and fault.when(situation) else _NO_FAULT
