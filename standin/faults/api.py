"""Faults of create call, dashboard and page: wrong before anybody is redirected."""

from standin.faults.api_defects import ApiDefect
from standin.faults.fault import read_family

FAULTS = read_family(
    __file__, {defect.value: {"api_defects": frozenset({defect})} for defect in ApiDefect}
)
