"""Faults in whose URLs are used."""

from standin.faults.fault import Fault

FAULTS = (
    Fault(
        name="dashboard-ignored",
        breaks="the merchant's dashboard URLs are never used",
        clause="right-source",
        why="the documentation once said so",
        source="facts 3.2",
        urls=lambda situation, _right: situation.requested,
    ),
)
