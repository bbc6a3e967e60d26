"""What the API answered, and whether it can be used."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import ada_url

from clover.causes import cause_of, limits_told
from clover.errors import BadAnswer, Kind, Refused
from clover.hosts import is_loopback, is_production
from clover.models import CheckoutSession
from clover.redaction import MARK, Redactor

_SAID_AT_MOST = 200
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the API; the token has been taken out of all of it.

    Attributes:
        asked: method and URL of the request.
        headers: names in lower case.
        text: the body, read as UTF-8.
        ms: milliseconds from sending the request to the end of the answer.
        redactor: takes the token out of what was escaped in the body, too.
        hint: what was odd about the request, for the message of a refusal; often empty.
    """

    asked: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    text: str
    ms: float
    redactor: Redactor = field(repr=False)
    hint: str = field(default="", repr=False)

    @property
    def is_html(self) -> bool:
        """Whether the body is a page: the header says so, or the body looks like one."""
        said = self.headers.get("content-type", "").lower()
        return "html" in said or self.text.lstrip()[:200].lower().startswith(("<!doctype", "<html"))

    @property
    def said(self) -> str:
        """Clover's message on one short line: ``message``, ``error.message``, or the text."""
        return self._line(_message(self._parsed()) or _NO_TEXT.sub(" ", self.text))

    def json(self) -> object:
        """The body as JSON.

        Raises:
            BadAnswer: it is none.
        """
        parsed = self._parsed()
        if not isinstance(parsed, _NotJson):
            return parsed
        if self.is_html:
            raise self._unusable(
                Kind.HTML,
                f"with a page where JSON was due, saying {self._quoted()}: this is a website and"
                " not the API; set CLOVER_API_URL to the API's own host",
            )
        if not self.text.strip():
            raise self._unusable(
                Kind.NOT_JSON,
                "with nothing where JSON was due: the answer was cut off, or something that is not"
                " the API has answered; check the host in CLOVER_API_URL and try again",
            )
        raise self._unusable(
            Kind.NOT_JSON,
            f"with something else than JSON, saying {self._quoted()}: something that is not the"
            " API has answered; check the host in CLOVER_API_URL and any proxy on the way",
        )

    def problem(self) -> Refused | None:
        """Why this answer is a refusal; None if its status is 200."""
        if self.status == 200:
            return None
        is_json = not isinstance(self._parsed(), _NotJson)
        likely = cause_of(self.status, self.said, is_json=is_json)
        told = limits_told(self.headers) if self.status == 429 else ""
        if 300 <= self.status < 400 and "location" in self.headers:
            told = f" to {self._line(self.headers['location'])}"
        said = f", saying {self._quoted()}" if self.said else ""
        cause = f"{self.hint}; failing that, {likely.cause}" if self.hint else likely.cause
        return Refused(
            f"{self.asked} answered {self.status}{told}{said}: {cause}; {likely.cure}.",
            kind=likely.kind,
            status=self.status,
            said=self.said,
        )

    def session(self) -> CheckoutSession:
        """The session that was opened.

        Raises:
            Refused: the status is not 200.
            BadAnswer: it is, and the rest cannot be used.
        """
        refused = self.problem()
        if refused:
            raise refused
        fields = self.json()
        if not isinstance(fields, dict):
            raise self._unusable(
                Kind.NOT_AN_OBJECT,
                f"with JSON that is no object, {self._quoted()}: this is not the create call of"
                " Clover's API; check CLOVER_API_URL",
            )
        href = fields.get("href")
        session_id = fields.get("checkoutSessionId")
        if not isinstance(href, str) or not href:
            raise self._lacks("href", Kind.NO_HREF, fields)
        if not isinstance(session_id, str) or not session_id:
            raise self._lacks("checkoutSessionId", Kind.NO_SESSION_ID, fields)
        self._check_href(href)
        return CheckoutSession(
            session_id=session_id,
            href=href,
            created_time=fields.get("createdTime"),
            expiration_time=fields.get("expirationTime"),
        )

    def _check_href(self, href: str) -> None:
        shown = self._line(href)
        if MARK in href:
            raise self._unusable(
                Kind.LEAKING_HREF,
                "with an href that has the API token in it, which every shopper would see: do not"
                " use this server, and have the token replaced",
            )
        try:
            address = ada_url.URL(href)
        except ValueError:
            address = None
        if address is None or address.protocol not in ("https:", "http:"):
            raise self._unusable(
                Kind.BAD_HREF,
                f"with the href “{shown}”, which is no http(s) URL: no browser can open the page;"
                " check that CLOVER_API_URL names Clover's API",
            )
        if is_production(address.hostname):
            raise self._unusable(
                Kind.PRODUCTION_HREF,
                f"with an href on {address.hostname}, which is Clover's production, where cards"
                " are charged: it will not be opened; use a sandbox merchant and its token",
            )
        if address.protocol == "http:" and not is_loopback(address.hostname):
            raise self._unusable(
                Kind.INSECURE_HREF,
                f"with the href “{shown}”, in plain HTTP to another machine: no card is typed"
                " there; have the server give an https:// page",
            )

    def _lacks(self, wanted: str, kind: Kind, fields: Mapping[str, object]) -> BadAnswer:
        there = ", ".join(self._line(name) for name in fields) or "nothing"
        return self._unusable(
            kind,
            f"without a usable {wanted} (there is {there}): either the API has changed, or"
            " CLOVER_API_URL names something else; look at the answer in the evidence",
        )

    def _unusable(self, kind: Kind, what: str) -> BadAnswer:
        return BadAnswer(
            f"{self.asked} answered {self.status} {what}.",
            kind=kind,
            status=self.status,
            said=self.said,
        )

    def _quoted(self) -> str:
        return f"“{self.said}”" if self.said else "nothing"

    def _line(self, text: str) -> str:
        return one_line(self.redactor.text(html.unescape(text)))

    def _parsed(self) -> object:
        try:
            return self.redactor.values(json.loads(self.text))
        except (ValueError, RecursionError):
            return _NotJson()


class _NotJson:
    """What a body that is no JSON is parsed to: None is JSON too."""


def _message(parsed: object) -> str:
    """The message in one of the two shapes that Clover's errors have."""
    if not isinstance(parsed, dict):
        return ""
    error = parsed.get("error")
    candidates = (parsed.get("message"), error.get("message") if isinstance(error, dict) else error)
    return next((one for one in candidates if isinstance(one, str) and one.strip()), "")


def one_line(text: str) -> str:
    """``text`` on one line, controls left out, cut at 200 characters."""
    # Cut first, generously, so that a megabyte of body costs nothing.
    flat = _CONTROLS.sub(" ", text[: 50 * _SAID_AT_MOST]).strip().rstrip(".")
    return flat if len(flat) <= _SAID_AT_MOST else flat[: _SAID_AT_MOST - 1] + "…"
