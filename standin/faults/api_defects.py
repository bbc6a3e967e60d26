"""What the API itself may get wrong, before any shopper is there to be redirected."""

from enum import StrEnum


class ApiDefect(StrEnum):
    """One rule of create call, dashboard or page that a faulty provider does not keep."""

    PLAIN_HTTP = "takes redirect URLs without TLS"
    ANY_SCHEME = "takes redirect URLs of any scheme"
    ITEMS_UNCHECKED = "looks at no line of the cart"
    TOKEN_UNCHECKED = "takes any token for the merchant's"  # noqa: S105 - words, no token
    AGENT_UNCHECKED = "asks nobody for a User-Agent"
    URLS_ECHOED = "sends the redirect URLs back"
    LONG_LIFE = "lets a session live for an hour"
    DATED_BACK = "dates a session back by some minutes"
    SAME_SESSION = "answers an equal request with the session before"
    HREF_BEFORE = "hands out the link of the session before"
    READ_BACK = "answers a read of the collection of sessions"
    CUSTOMER_400 = "calls a missing customer a bad request"
    NO_WORDS = "refuses without a word"
    SERVER_ERROR = "answers a body that is no JSON with a server error"
    UNKNOWN_KEYS = "refuses a request with an unknown key"
    ALL_URLS = "refuses a request that leaves a redirect URL out"
    CLEARS_ALL = "forgets every URL of the dashboard as soon as one is cleared"
    UNPACKED = "decodes the URLs of the dashboard when they are saved"
    SHOWN_ONCE = "shows the page of a session once and calls it expired after that"
    SENDS_HOME = "takes a page that is left alone for some seconds to the provider's own home"
    TOKEN_IN_HREF = "puts the merchant's token into the link of the page"  # noqa: S105 - words
    TOKEN_IN_REFUSAL = "repeats the merchant's token where it refuses a request"  # noqa: S105 - words
    SENT_AS_PAGE = "sends its JSON as a page"
    TOKEN_IN_PAGE = "writes the merchant's token into the script of the page"  # noqa: S105 - words
    TOKEN_IN_HEADER = "sends the merchant's token as a header of the page"  # noqa: S105 - words
    RECEIPT_LEAVES = "takes the receipt away after some seconds, to the provider's own home"
    CARD_IN_ETAG = "names its answer to a payment after the card"
    CARD_IN_COOKIE = "keeps the card's number in a cookie"
    NO_TAX = "leaves tax out of the total"
