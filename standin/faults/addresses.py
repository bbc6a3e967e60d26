"""Faults that send the shopper to another address."""

import re

from standin.faults.fault import Fault

FAULTS = (
    Fault(
        name="trailing-slash-added",
        breaks="the path gets a slash at its end",
        clause="same-path",
        why="a router or URL builder makes paths uniform",
        source="facts 7 A9",
        encode=lambda _situation, _given, right: re.sub(
            r"^([^?#]*[^/?#])(?=[?#]|$)", r"\1/", right, count=1
        ),
    ),
)
