"""Faults that tell the merchant of another outcome than the shopper's."""

from standin.faults.fault import Fault
from standin.outcomes import Outcome
from standin.redirect.situation import Happening

FAULTS = (
    Fault(
        name="declined-as-success",
        breaks="a declined payment leads to the success URL",
        clause="right-outcome",
        why="one branch handles every answer of the processor that is not an exception",
        source="silverstripe-omnipay #30; facts 3.3 row 7",
        when=lambda situation: situation.happened is Happening.DECLINED,
        end=lambda _situation, _right: Outcome.SUCCESS,
    ),
    Fault(
        name="cancel-as-failure",
        breaks="leaving without paying leads to the failure URL",
        clause="right-outcome",
        why="both ends are kept under one setting",
        source="woocommerce-gateway-stripe #5263; facts 7 A6",
        when=lambda situation: situation.happened is Happening.CANCELLED,
        end=lambda _situation, _right: Outcome.FAILURE,
    ),
)
