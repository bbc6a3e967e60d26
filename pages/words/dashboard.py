"""Words in the Merchant Dashboard.

The first word of each list is the documented one; the others are what dashboards usually say.
Source: https://docs.clover.com/dev/docs/redirecting-customers
"""

EMAIL = ("Email", "Email address", "Username", "Email or username")
LOG_IN = ("Log in", "Login", "Sign in", "Continue", "Next", "Submit")

SANDBOX = ("Sandbox", "Sandbox mode", "Sandbox environment", "Switch to Sandbox", "Use Sandbox")
TEST_MERCHANTS = ("Test Merchants", "Test Merchant")
LAUNCH_DASHBOARD = ("Launch Dashboard", "Launch Merchant Dashboard", "Launch")

SETTINGS = ("Settings",)
VIEW_ALL_SETTINGS = ("View all settings", "All settings")
ECOMMERCE = ("Ecommerce",)
HOSTED_CHECKOUT = ("Hosted Checkout",)
REDIRECT_URLS = ("Redirect URLs", "Redirect URL")
SAVE = ("Save", "Save changes", "Save settings", "Update")

#: Outcome -> words, one of which the name of its field contains ("Success URL").
OUTCOMES = {
    "success": ("success", "successful"),
    "failure": ("failure", "failed", "fail", "declined", "unsuccessful"),
    "cancel": ("cancel", "canceled", "cancelled", "cancellation"),
}

#: What a dashboard asks for when a password is not enough.
SECOND_FACTOR = (
    "verification code",
    "security code",
    "one-time",
    "two-factor",
    "two-step",
    "2-step",
    "authenticator",
    "verify it's you",
    "verify your identity",
)
