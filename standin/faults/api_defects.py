"""Rules of the API, the dashboard and the page that a faulty provider does not keep."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Self


class ApiDefect(StrEnum):
    """One rule that is not kept; the value is the name of the fault."""

    PLAIN_HTTP = "accepts-plain-http"
    ANY_SCHEME = "accepts-any-scheme"
    ITEMS_UNCHECKED = "carts-unchecked"
    TOKEN_UNCHECKED = "takes-any-token"  # noqa: S105 - a name, no token
    AGENT_UNCHECKED = "user-agent-not-asked-for"
    URLS_ECHOED = "echoes-redirect-urls"
    LONG_LIFE = "session-life-of-an-hour"
    DATED_BACK = "sessions-dated-back"
    SAME_SESSION = "same-session-for-equal-requests"
    HREF_BEFORE = "href-of-the-session-before"
    READ_BACK = "session-can-be-read-back"
    CUSTOMER_400 = "missing-customer-as-bad-request"
    NO_WORDS = "refuses-without-a-word"
    SERVER_ERROR = "server-error-for-broken-json"
    UNKNOWN_KEYS = "unknown-keys-refused"
    ALL_URLS = "all-urls-demanded"
    CLEARS_ALL = "clearing-one-url-clears-all"
    UNPACKED = "dashboard-urls-decoded"
    SHOWN_ONCE = "page-shown-once"
    SENDS_HOME = "left-alone-goes-home"
    TOKEN_IN_HREF = "token-in-href"  # noqa: S105 - a name, no token
    TOKEN_IN_REFUSAL = "token-in-refusals"  # noqa: S105 - a name, no token
    SENT_AS_PAGE = "json-sent-as-a-page"
    TOKEN_IN_PAGE = "token-in-page"  # noqa: S105 - a name, no token
    TOKEN_IN_HEADER = "token-in-header"  # noqa: S105 - a name, no token
    RECEIPT_LEAVES = "receipt-goes-home"
    RELOAD_LEAVES = "reloaded-receipt-goes-home"
    CARD_ON_RECEIPT = "card-on-receipt"
    ENTER_IGNORED = "enter-on-cancel-ignored"
    SPACE_IGNORED = "space-on-pay-ignored"
    STOPS = "double-click-on-cancel-stays"
    SENDS_AGAIN = "second-click-sends-again"
    EMPTY_AGAIN = "page-empty-when-opened-again"
    CARD_IN_ETAG = "card-in-etag"
    CARD_IN_COOKIE = "card-in-cookie"
    NO_TAX = "tax-left-out"
    SILENT_DECLINE = "decline-shows-nothing"
    TOKEN_ON_RECEIPT = "token-on-receipt"  # noqa: S105 - a name, no token
    TOKEN_BEHIND_RECEIPT = "token-behind-receipt"  # noqa: S105 - a name, no token
    BACK_FORWARD = "back-leads-forward"
    PAGE_KEPT = "page-kept-by-the-browser"
    ONCE_A_TAB = "second-checkout-of-a-tab-never-leaves"


class WatchedDefects(frozenset[ApiDefect]):
    """The defects of one fault; ``on_use`` is called whenever one of them is asked for."""

    on_use: Callable[[], None]

    def __new__(cls, defects: Iterable[ApiDefect], on_use: Callable[[], None]) -> Self:
        """Watch these defects."""
        watched = super().__new__(cls, defects)
        watched.on_use = on_use
        return watched

    def __contains__(self, defect: object) -> bool:
        """Whether a rule is not kept."""
        found = super().__contains__(defect)
        if found:
            self.on_use()
        return found
