"""Generated requests against the stand-in's OpenAPI description."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode, checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from standin import StandIn
from standin.web import index
from standin.web.api import CREATE_PATH
from tests.standin.shopper import ORDER

DESCRIPTION = json.loads(Path(index.__file__).with_name("openapi.json").read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
OPERATIONS = {
    f"{method.upper()} {path}": SCHEMA[path][method]
    for path, operations in DESCRIPTION["paths"].items()
    for method in operations
}
Operation = APIOperation[Any, Any, Any, Any]
CHECKS = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def served() -> Iterator[StandIn]:
    """A stand-in with its index, without TLS too: the client is made anew for each request."""
    with StandIn(shows_calls=True, http_port=0) as running:
        yield running


def cases(operation: Operation) -> st.SearchStrategy[Case[Any]]:
    """Requests that the description allows, and ones that it does not where there are any."""
    allowed = operation.as_strategy(GenerationMode.POSITIVE)
    if operation.method.upper() == "GET":
        return allowed
    return allowed | operation.as_strategy(GenerationMode.NEGATIVE)


def base_url(served: StandIn) -> str:
    """The API's address without TLS."""
    assert served.http_origins
    return served.http_origins.api


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_answers_are_as_described(served: StandIn, operation: Operation) -> None:
    """With the merchant's credentials and without, no answer is a 5xx or undescribed."""
    known = {
        "X-Clover-Merchant-Id": served.merchant.id,
        "Authorization": f"Bearer {served.merchant.token}",
    }
    times = 60 if operation.path == CREATE_PATH else 15

    @settings(
        max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=cases(operation), is_known=st.booleans())
    def answers(case: Case[Any], *, is_known: bool) -> None:
        case.call_and_validate(
            base_url=base_url(served), headers=known if is_known else None, checks=CHECKS
        )

    answers()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused(served: StandIn, method: str) -> None:
    """A path takes the methods that the description names."""
    for path, operations in DESCRIPTION["paths"].items():
        if method.lower() not in operations:
            answer = requests.request(method, base_url(served) + path, timeout=10)
            assert (path, answer.status_code) == (path, 405)


def test_description_is_served_and_shown(served: StandIn) -> None:
    """The index links the description and lists its operations."""
    page = requests.get(base_url(served), timeout=10).text
    assert requests.get(f"{base_url(served)}/openapi.json", timeout=10).json() == DESCRIPTION
    assert 'href="/openapi.json"' in page
    assert f"POST {CREATE_PATH}</code> Create a checkout session: 200, 400, 401" in page


def test_rate_limit_is_as_described() -> None:
    """A refusal by the rate limit has the described headers and body."""
    with StandIn(shows_calls=True, http_port=0, rate_limit=1) as s:
        case = OPERATIONS[f"POST {CREATE_PATH}"].Case(body=ORDER, media_type="application/json")
        headers = {"X-Clover-Merchant-Id": s.merchant.id}
        case.call(base_url=base_url(s), headers=headers)
        answer = case.call(base_url=base_url(s), headers=headers)
        assert answer.status_code == 429
        case.validate_response(answer, checks=CHECKS)
