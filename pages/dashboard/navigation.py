"""Navigation in the dashboard: the documented ten steps to the redirect URLs.

Source: https://docs.clover.com/dev/docs/redirecting-customers (Option 2)
"""

from pages.dashboard.developer import DeveloperDashboard
from pages.dashboard.hosted_checkout import HostedCheckoutPage
from pages.dashboard.merchant import MerchantDashboard
from pages.words import dashboard as words


def open_redirect_urls(start: DeveloperDashboard, merchant_id: str) -> HostedCheckoutPage:
    """Open a merchant's redirect URLs from the page after the sign-in.

    If the address led straight to a merchant's dashboard, the first steps are skipped.

    Raises:
        PageChanged: a step is missing, or leads elsewhere.
    """
    return _merchant(start, merchant_id).settings().view_all().hosted_checkout()


def _merchant(start: DeveloperDashboard, merchant_id: str) -> MerchantDashboard:
    seen = start.snapshot()
    earlier_steps = (words.SANDBOX, words.TEST_MERCHANTS, words.LAUNCH_DASHBOARD)
    skipped = not any(seen.actions_called(step) for step in earlier_steps)
    if skipped and seen.actions_called(words.SETTINGS):
        return start.next_page(MerchantDashboard)
    return start.to_sandbox().test_merchants().launch(merchant_id)
