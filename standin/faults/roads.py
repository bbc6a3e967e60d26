"""Faults in how the browser travels."""

from dataclasses import replace

from standin.faults.fault import Fault

FAULTS = (
    Fault(
        name="lands-by-post",
        breaks="the landing is requested with POST",
        clause="is-a-get",
        why="a hidden form carries the result",
        source="Adyen-shopware5 #102",
        travel=lambda _situation, right: replace(right, method="post"),
    ),
    Fault(
        name="lands-in-new-tab",
        breaks="the landing opens in a new tab",
        clause="same-tab",
        browser_clauses=("same-tab", "lands"),
        why="a link with a target",
        source="assumed",
        travel=lambda _situation, right: replace(right, place="popup"),
    ),
    Fault(
        name="plain-http-hop",
        breaks="the road leads over an address without TLS",
        clause="secure",
        why="a load balancer that rewrites links",
        source="facts 7 A8",
        travel=lambda _situation, right: replace(right, hops=("plain",)),
    ),
    Fault(
        name="never-leaves",
        breaks="the shopper is never sent anywhere",
        clause="lands",
        why="the redirect depends on a script that failed",
        source="VivaPayments #2257; facts 3.3 row 6",
        travel=lambda _situation, right: replace(right, times=0),
    ),
)
