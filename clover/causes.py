"""Why Clover's API answers as it does, and what to do about it.

Source: https://docs.clover.com/reference/createcheckout (200, 401 and 429), and the measurements
in docs/sources.md for every other status.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clover.errors import Kind


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause and its cure, both written to be joined into one sentence."""

    kind: Kind
    cause: str
    cure: str


_WORDS_OF_400 = (
    # The words of a message in lower case, any of which tells the cause. The order matters.
    (
        ("https", "redirect", "url"),
        Cause(
            Kind.INSECURE_URL,
            "a redirect URL is not accepted, most often since it begins with http://",
            "use https:// in all of redirectUrls",
        ),
    ),
    (
        ("discount",),
        Cause(Kind.INVALID_REQUEST, "the cart has a discount", "lower the line's price instead"),
    ),
    (
        ("tax", "rate map"),
        Cause(
            Kind.INVALID_REQUEST,
            "a tax rate is not written out",
            "give each rate a name and a rate of percent times 100,000, not an id",
        ),
    ),
    (
        ("email", "e-mail"),
        Cause(
            Kind.INVALID_REQUEST,
            "the customer's e-mail is malformed, or missing where this merchant requires it",
            "correct customer.email",
        ),
    ),
    (
        ("quantity", "unitqty"),
        Cause(Kind.INVALID_REQUEST, "a quantity is not positive", "use a unitQty of 1 or more"),
    ),
    (
        ("price", "positive"),
        Cause(
            Kind.INVALID_REQUEST,
            "a line has no price, or one that is not positive",
            "give each line a price of whole cents above zero",
        ),
    ),
    (
        ("name", "length", "126"),
        Cause(
            Kind.INVALID_REQUEST,
            "a name is missing or longer than 126 characters",
            "give each line a name of 1 to 126 characters",
        ),
    ),
)

_BY_STATUS = {
    400: Cause(
        Kind.INVALID_REQUEST,
        "a field of the request is missing or not valid",
        "compare the request with the message and with Clover's reference of the call",
    ),
    401: Cause(
        Kind.UNAUTHORIZED,
        "token, merchant id and host do not belong together, or the token is of another type than"
        " HOSTED_CHECKOUT",
        "copy both from the HOSTED_CHECKOUT row of the merchant's Ecommerce API tokens, sandbox"
        " keys for the sandbox host",
    ),
    403: Cause(
        Kind.FORBIDDEN,
        "the token is known and lacks the permission",
        "use the private token of the HOSTED_CHECKOUT integration, or have the merchant enable"
        " Hosted Checkout",
    ),
    404: Cause(
        Kind.NOT_FOUND,
        "nothing answers at this path of this host",
        "set CLOVER_API_URL to the API's host, which is not the host of the hosted page",
    ),
    405: Cause(
        Kind.WRONG_METHOD,
        "this address takes another method",
        "set CLOVER_API_URL to the API's base alone, without a path",
    ),
    406: Cause(
        Kind.MIXED_INTEGRATIONS,
        "the token belongs to another integration type of this merchant",
        "use the private token of the HOSTED_CHECKOUT integration alone",
    ),
    415: Cause(
        Kind.WRONG_CONTENT_TYPE,
        "the request did not say that it is JSON",
        "send Content-Type: application/json",
    ),
    429: Cause(
        Kind.RATE_LIMITED,
        "more was asked than the limits of 16 requests a second and 5 at once per token allow, and"
        " waiting did not help",
        "run with fewer workers, or wait until nobody else uses this token",
    ),
}

_MISSING_CUSTOMER = Cause(
    Kind.MISSING_CUSTOMER,
    "the request has no customer, which Clover reports as not found though the address is right",
    "send a customer object, if need be an empty one",
)
_MOVED = Cause(
    Kind.REDIRECTED,
    "the API never redirects, so that this is another server or a login page; it was not followed",
    "set CLOVER_API_URL to the API's own host and scheme",
)
_SERVER_ERROR = Cause(
    Kind.SERVER_ERROR,
    "Clover, or something between here and Clover, has failed",
    "try again later, and check the host in CLOVER_API_URL if it stays",
)
_HTML_SERVER_ERROR = Cause(
    Kind.SERVER_ERROR,
    "the page is not Clover's API speaking but a gateway, as a wrong host gives it",
    "check the host in CLOVER_API_URL, and try again later if it is right",
)
_UNEXPECTED = Cause(
    Kind.UNEXPECTED_STATUS,
    "Clover documents 200, 401 and 429 for this call, and this is a status nobody has reported",
    "check that CLOVER_API_URL names Clover's API",
)


def cause_of(status: int, said: str, *, is_json: bool) -> Cause:
    """The likely cause of an answer that is not 200.

    Args:
        status: of the answer.
        said: Clover's message.
        is_json: whether the body was JSON, as all of the API's own are.
    """
    words = said.lower()
    if status in (400, 404) and "customer" in words and "null" in words:
        return _MISSING_CUSTOMER
    if status == 400:
        return _cause_of_400(words)
    if 300 <= status < 400:
        return _MOVED
    if status >= 500:
        return _SERVER_ERROR if is_json else _HTML_SERVER_ERROR
    return _BY_STATUS.get(status, _UNEXPECTED)


def _cause_of_400(words: str) -> Cause:
    for marks, cause in _WORDS_OF_400:
        if any(mark in words for mark in marks):
            return cause
    return _BY_STATUS[400]


def limits_told(headers: Mapping[str, str]) -> str:
    """What a 429 says of the limits that were met, for the message; empty if it says nothing."""
    told = [
        f"{name} {value}"
        for name, value in headers.items()
        if name.startswith("x-ratelimit") or name == "retry-after"
    ]
    return f" ({', '.join(told)})" if told else ""
