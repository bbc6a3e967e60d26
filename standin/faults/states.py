"""Faults that depend on what has happened before, or on who pays."""

from standin.faults.fault import Fault
from standin.redirect.departure import View
from standin.redirect.situation import Happening

FAULTS = (
    Fault(
        name="lands-again-on-reload",
        breaks="opening a paid session again lands a second time",
        clause="lands-once",
        why="the page redirects whenever it finds the session paid",
        source="facts 7 C23; buckaroo #470",
        view=lambda situation, right: View.DEPART_AGAIN if situation.paid else right,
    ),
    Fault(
        name="lost-after-decline",
        breaks="a shopper whose second card is taken loses the merchant's query",
        clause="keeps-query",
        why="the retry is built by other code than the first try",
        source="facts 7 B14",
        when=lambda situation: situation.happened is Happening.APPROVED and situation.declines > 0,
        encode=lambda _situation, _given, right: right.partition("?")[0],
    ),
)
