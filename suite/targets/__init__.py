"""What a run can be aimed at, and the types of it that a test may annotate."""

from landing.site import LandingSite
from standin import StandIn
from standin.faults import CATALOGUE, UnknownFaultError
from suite.settings.settings import Settings, SettingsProblem
from suite.targets.sandbox import SandboxTarget
from suite.targets.standin import StandInTarget
from suite.targets.target import Account, Target

__all__ = ["Account", "LandingSite", "StandIn", "Target", "make_target"]


def make_target(settings: Settings, *, fault: str | None = None, skin: str = "classic") -> Target:
    """Make the target that the settings name; ``started`` starts it.

    Args:
        settings: of the run.
        fault: a catalogued fault of the stand-in, for all of its merchants.
        skin: design of the stand-in's hosted page.

    Raises:
        SettingsProblem: there is no such fault, or the target takes none.
    """
    if fault and settings.target != "standin":
        raise SettingsProblem(
            ["--fault is for the stand-in: leave it out, or add --target standin."]
        )
    if settings.target == "standin":
        try:
            fault = CATALOGUE.find(fault).name if fault else None
        except UnknownFaultError as problem:
            raise SettingsProblem([str(problem)]) from None
        return StandInTarget(settings, fault=fault, skin=skin)
    return SandboxTarget(settings)
