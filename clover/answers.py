"""Answers of the create-checkout call, and what is recorded of them."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from clover.errors import ApiContractViolation, BadAnswer, Refused
from clover.hints import answer_hint
from clover.hosts import AddressProblem, read_address
from clover.models import CheckoutSession
from clover.redaction import MARK, Redactor

#: Documents the statuses 200, 401 and 429, and the four fields of a 200.
REFERENCE = "https://docs.clover.com/reference/createcheckout"
#: Holds everything that was measured.
MEASURED = "docs/sources.md, The API"

_LONGEST_LINE = 200
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NOT_JSON: Final = object()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the API, without the token.

    Attributes:
        asked: method and URL of the request.
        sent: the request's body and changed headers on one short line.
        headers: names in lower case.
        text: the body, read as UTF-8.
        redactor: removes what was escaped in the body.
        hint: what is unusual about the merchant id; often empty.
    """

    asked: str
    sent: str = field(repr=False)
    status: int
    headers: Mapping[str, str] = field(repr=False)
    text: str
    redactor: Redactor = field(repr=False)
    hint: str = field(default="", repr=False)

    @property
    def message(self) -> str:
        """The text in ``message``, ``error.message`` or ``error`` of the JSON; empty if none."""
        parsed = self._parsed()
        fields = parsed if isinstance(parsed, dict) else {}
        error = fields.get("error")
        nested = error.get("message") if isinstance(error, dict) else error
        texts = (fields.get("message"), nested)
        return next((one for one in texts if isinstance(one, str) and one.strip()), "")

    @property
    def said(self) -> str:
        """The message, or else the body's text, on one short line."""
        return self._line(self.message or _TAGS.sub(" ", self.text))

    @property
    def _is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> object:
        """Return the body as JSON.

        Raises:
            ApiContractViolation: an error's body is not JSON.
            BadAnswer: a 2xx has a body that is not JSON.
        """
        parsed = self._parsed()
        if parsed is not _NOT_JSON:
            return parsed
        if not self._is_success:
            raise self.violation("a JSON body", source=MEASURED)
        what = "a page instead of JSON" if self._kind == "page" else "something other than JSON"
        hint = answer_hint(self.status, self._kind, self.said)
        raise BadAnswer(
            f"{self.asked} answered {self.status} with {what}, saying {self._quoted}: {hint}.",
            status=self.status,
            said=self.said,
        )

    def problem(self) -> Refused | None:
        """Return why this answer is a refusal, or None if its status is 2xx."""
        if self._is_success:
            return None
        detail = ""
        if self.status == 429:
            told = [
                f"{name} {value}"
                for name, value in self.headers.items()
                if name.startswith(("x-ratelimit", "retry-after"))
            ]
            detail = f" ({', '.join(told)})" if told else ""
        elif 300 <= self.status < 400 and "location" in self.headers:
            detail = f" to {self._line(self.headers['location'])}"
        said = f", saying {self._quoted}" if self.said else ""
        likely = answer_hint(self.status, self._kind, self.said)
        hint = f"{self.hint}; failing that, {likely}" if self.hint else likely
        return Refused(
            f"{self.asked} answered {self.status}{detail}{said}: {hint}.",
            status=self.status,
            said=self.said,
        )

    def session(self) -> CheckoutSession:
        """Return the session that was created.

        Raises:
            Refused: the status is an error.
            BadAnswer: the status is 2xx, but something other than the API answered.
            ApiContractViolation: the API's own answer is not as documented, or not safe to open.
        """
        if (self.status, self._kind) == (400, "text"):
            raise self.violation("an error with a JSON body")
        refused = self.problem()
        if refused:
            raise refused
        fields = self.json()
        if not isinstance(fields, dict):
            raise self.violation("a JSON object")
        for name in ("href", "checkoutSessionId"):
            if not isinstance(fields.get(name), str) or not fields[name]:
                raise self.violation(f"the field {name} with a text")
        if MARK in fields["href"]:
            raise self.violation("an href without the API token, which every shopper would see")
        try:
            read_address(fields["href"], name="the href")
        except AddressProblem as problem:
            came = self._line(str(problem))
            raise self.violation("an href that is safe to open", came=came) from None
        return CheckoutSession.model_validate(fields)

    def violation(
        self, expected: str, *, source: str = REFERENCE, came: str = ""
    ) -> ApiContractViolation:
        """Return the exception for an answer that differs from the contract.

        Args:
            expected: what the contract demands.
            source: where the contract says so.
            came: what came instead; by default the status and the message.
        """
        return ApiContractViolation(
            f"{self.asked} broke the API contract: expected {expected} ({source}), but got"
            f" {came or f'status {self.status} with {self._quoted}'}; sent: {self.sent}.",
            status=self.status,
            said=self.said,
        )

    @property
    def _kind(self) -> str:
        """What the body is: json, page or text."""
        if self._parsed() is not _NOT_JSON:
            return "json"
        declared = self.headers.get("content-type", "").lower()
        start = self.text.lstrip()[:200].lower()
        is_page = "html" in declared or start.startswith(("<!doctype", "<html"))
        return "page" if is_page else "text"

    @property
    def _quoted(self) -> str:
        return f"“{self.said}”" if self.said else "nothing"

    def _line(self, text: str) -> str:
        return one_line(self.redactor.text(html.unescape(text)))

    def _parsed(self) -> object:
        try:
            return self.redactor.values(json.loads(self.text))
        except (ValueError, RecursionError):
            return _NOT_JSON


def one_line(text: str) -> str:
    """Return ``text`` on one line, without control characters, cut at 200 characters."""
    # Cut first, generously, so that a megabyte of body costs nothing.
    flat = _CONTROLS.sub(" ", text[: 50 * _LONGEST_LINE]).strip().rstrip(".")
    return flat if len(flat) <= _LONGEST_LINE else flat[: _LONGEST_LINE - 1] + "…"
