"""Faults of the create call, the dashboard and the page, before any redirect."""

from standin.faults.api_defects import ApiDefect
from standin.faults.fault import Hooks, read_family

FAULTS = read_family(
    __file__, {defect.value: Hooks(api_defects=frozenset({defect})) for defect in ApiDefect}
)
