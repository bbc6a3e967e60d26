"""Classes of redirect bugs that people have reported in public, and the faults that imitate them.

Numbers are those of issues or pull requests on GitHub; a project without its owner is named as
the report names it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class BugClass:
    """One kind of bug, where it was seen, and which faults stand for it."""

    words: str
    reports: tuple[str, ...]
    faults: tuple[str, ...]


CLASSES: Final = (
    BugClass(
        "a placeholder is percent-encoded or not substituted",
        (
            "better-auth/better-auth #8255",
            "polarsource/polar #9256 and #6300",
            "vercel-labs/emulate 0.8.0, which replaces only the first one",
        ),
        ("placeholders-untouched", "placeholders-percent-encoded", "first-placeholder-only"),
    ),
    BugClass(
        "a second ? in a URL that has a query already",
        ("juspay/hyperswitch-web #1598",),
        ("second-question-mark",),
    ),
    BugClass(
        "& is escaped for HTML, and parameters are lost",
        ("impress-org/givewp #1130", "komoju #6", "wcvendors #286"),
        ("ampersand-as-entity",),
    ),
    BugClass(
        "parameters are dropped: all but the first, one in the middle, the whole query",
        (
            "woocommerce/woocommerce #24685",
            "csob/paymentgateway #574",
            "paynl #161",
            "Ingenico-ePayments/connect-sdk-java #24",
        ),
        ("first-parameter-only", "middle-parameter-lost", "query-dropped", "first-parameter-lost"),
    ),
    BugClass(
        "a pair of parameters is doubled, or one more collides with the merchant's",
        ("bpcbt, documentation of its redirect", "VivaPayments/API #904"),
        ("parameter-doubled", "query-doubled", "colliding-parameter-added"),
    ),
    BugClass(
        "the fragment is put before the query", ("minicart #170",), ("fragment-before-query",)
    ),
    BugClass(
        "outcomes are swapped: a decline ends on success, or a success on failure",
        ("silverstripe/silverstripe-omnipay #30", "pagopa #854", "VivaPayments/API #1579"),
        ("declined-as-success", "approved-as-failure", "amex-as-failure"),
    ),
    BugClass(
        "no redirect, or only sometimes; after a cancel, a failure or an expiry the shopper stays",
        (
            "VivaPayments/API #2257, #2226 and #1268",
            "mollie/mollie-api-python #338",
        ),
        (
            "never-leaves",
            "declined-never-leaves",
            "cancel-never-leaves",
            "every-third-never-leaves",
            "diners-never-leaves",
        ),
    ),
    BugClass(
        "the shopper lands on the provider's home page or on a wrong page of the merchant",
        ("VivaPayments/API #2183", "woocommerce/woocommerce-gateway-stripe #3682"),
        (
            "lands-on-the-providers-home",
            "lands-on-the-merchants-home",
            "session-before-gets-its-url",
            "other-merchants-url",
        ),
    ),
    BugClass(
        "cancel and failure cannot be told apart",
        ("woocommerce/woocommerce-gateway-stripe #5263",),
        ("cancel-as-failure", "cancel-after-decline-as-failure", "declined-as-cancel"),
    ),
    BugClass(
        "the redirect comes before the payment is confirmed",
        ("polarsource/polar #5605",),
        ("success-before-the-payment", "success-visited-when-the-page-opens"),
    ),
    BugClass(
        "the back button, a form that is sent again, a replay",
        ("Adyen-shopware5 #102", "Buckaroo #470", "adyen-sapcommerce #184"),
        (
            "lands-again-on-reload",
            "declined-link-lands-again",
            "paid-link-can-be-paid-again",
            "lands-by-post",
            "post-kept-by-the-redirect",
        ),
    ),
    BugClass(
        "the URL is malformed, its scheme is lost, or the redirect is open to strangers",
        ("pagopa #854", "ownpay #153", "CVE-2024-0337"),
        (
            "scheme-lost",
            "scheme-downgraded",
            "open-redirect-hop",
            "page-address-chooses-the-landing",
        ),
    ),
)
