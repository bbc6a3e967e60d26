"""The documented ten steps, from the door to the redirect URLs.

Source: https://docs.clover.com/dev/docs/redirecting-customers (Option 2)
"""

from pages.dashboard import words
from pages.dashboard.developer import DeveloperDashboard
from pages.dashboard.hosted_checkout import HostedCheckoutPage
from pages.dashboard.merchant import MerchantDashboard


def walk(inside: DeveloperDashboard, merchant_id: str) -> HostedCheckoutPage:
    """Go on from behind the sign-in, as a person does who reads the documentation.

    Where the address led straight into a merchant's dashboard, the steps before it are done.

    Raises:
        PageChanged: a step is not there, or leads elsewhere.
    """
    return _merchant(inside, merchant_id).settings().view_all().hosted_checkout()


def _merchant(inside: DeveloperDashboard, merchant_id: str) -> MerchantDashboard:
    seen = inside.look()
    outside = (words.SANDBOX, words.TEST_MERCHANTS, words.LAUNCH_DASHBOARD)
    if seen.actions(words.SETTINGS) and not any(seen.actions(each) for each in outside):
        return inside.turn_to(MerchantDashboard)
    return inside.to_sandbox().test_merchants().launch(merchant_id)
