"""Findings of the integration check on the URLs of a case file."""

from collections.abc import Mapping

from records.outcome import Outcome
from standin.integration_check import check_integration


def url_findings(
    request: Mapping[Outcome, str], dashboard: Mapping[Outcome, str], *, dashboard_wins: bool
) -> list[str]:
    """Return what Clover does silently with redirect URLs, as sentences.

    Args:
        request: the ``redirectUrls`` of the create call; nothing is found if there are none.
        dashboard: the URLs saved on the Merchant Dashboard.
        dashboard_wins: whether they are used instead of the request's.
    """
    if not request:
        return []
    body = {"customer": {}, "redirectUrls": {str(o): url for o, url in request.items()}}
    held = {str(outcome): url for outcome, url in dashboard.items()}
    return [
        str(found)
        for found in check_integration(body, dashboard=held, dashboard_wins=dashboard_wins)
    ]
