"""The ways in which Clover's API can fail a test, none of which is a redirect bug."""

from enum import StrEnum


class Kind(StrEnum):
    """What went wrong, finely enough to be told apart by a program."""

    # The API answered, and the answer is not 200.
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    MISSING_CUSTOMER = "missing-customer"
    NOT_FOUND = "not-found"
    INVALID_REQUEST = "invalid-request"
    INSECURE_URL = "insecure-url"
    WRONG_METHOD = "wrong-method"
    MIXED_INTEGRATIONS = "mixed-integrations"
    WRONG_CONTENT_TYPE = "wrong-content-type"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    REDIRECTED = "redirected"
    UNEXPECTED_STATUS = "unexpected-status"
    # The API answered 200, and the answer cannot be used.
    HTML = "html"
    NOT_JSON = "not-json"
    NOT_AN_OBJECT = "not-an-object"
    NO_HREF = "no-href"
    NO_SESSION_ID = "no-session-id"
    BAD_HREF = "bad-href"
    INSECURE_HREF = "insecure-href"
    PRODUCTION_HREF = "production-href"
    LEAKING_HREF = "leaking-href"
    # No answer came.
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN_HOST = "unknown-host"
    UNTRUSTED_CERTIFICATE = "untrusted-certificate"
    NO_CA_FILE = "no-ca-file"
    TLS = "tls"
    PROXY = "proxy"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"
    CUT = "cut"
    GARBLED = "garbled"


class ApiProblem(Exception):
    """The API gave no session: one sentence with the cause and the cure.

    Attributes:
        kind: what went wrong.
        status: the HTTP status, or None where no answer came.
        said: Clover's own message, redacted and on one line; empty where there is none.
    """

    category = "target problem"

    def __init__(
        self, sentence: str, *, kind: Kind | None = None, status: int | None = None, said: str = ""
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.status = status
        self.said = said


class Refused(ApiProblem):
    """The API answered, with another status than 200."""


class BadAnswer(ApiProblem):
    """The API answered 200, and what it said cannot be used."""


class NoAnswer(ApiProblem):
    """No whole answer came.

    Attributes:
        never_sent: no byte of the request can have left, so that asking again is safe.
    """

    def __init__(
        self, sentence: str, *, kind: Kind | None = None, never_sent: bool = False
    ) -> None:
        super().__init__(sentence, kind=kind)
        self.never_sent = never_sent
