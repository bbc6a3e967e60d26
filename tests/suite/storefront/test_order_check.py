"""Tests of the question to the shop's books."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from suite.storefront.order_check import (
    OrderCheck,
    ShopBooksViolation,
    check_order,
    differences,
    fill_in,
)
from suite.storefront.problems import ShopProblem


@contextmanager
def books(*answers: str) -> Iterator[str]:
    """A shop's API that gives these answers, and then the last one for ever."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write((left.pop(0) if len(left) > 1 else left[0]).encode())

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/orders/{{order}}"
        server.shutdown()
        thread.join()


def ask(url: str, *, within_s: float = 0.01, **fields: Any) -> list[float]:
    """Check the books and return the waits between two questions."""
    waits: list[float] = []
    check = OrderCheck.model_validate({"url": url, "json": fields, "within_s": within_s})
    check_order(check, {"order": "7"}, verify=True, wait=waits.append)
    return waits


def test_books_may_take_their_time() -> None:
    """An order that becomes paid within the limit is right."""
    with books('{"status": "open"}', '{"status": "paid"}') as url:
        assert len(ask(url, within_s=5, status="paid")) == 1


def test_books_that_say_something_else_are_a_violation() -> None:
    """The message names the URL, the path, what came and what was due."""
    with books(json.dumps({"payment": {"captured": False}})) as url:
        with pytest.raises(ShopBooksViolation) as failed:
            ask(url, **{"payment.captured": True})

    assert "orders/7 still says payment.captured = false, not true" in str(failed.value)


@pytest.mark.parametrize(
    ("wanted", "answer", "found"),
    [
        ({"a.b": 1}, {"a": {"b": 1}}, []),
        ({"lines.1.name": "Cake"}, {"lines": [{}, {"name": "Cake"}]}, []),
        ({"a.b": 1}, {"a": 1}, ["a.b = nothing, not 1"]),
        ({"a": True}, {"a": 1}, ["a = 1, not true"]),
        ({"a": None}, {}, ["a = nothing, not null"]),
        ({"a": "1"}, {"a": 1}, ['a = 1, not "1"']),
    ],
)
def test_values_are_compared_exactly(
    wanted: dict[str, Any], answer: dict[str, Any], found: list[str]
) -> None:
    """A missing field, another type and another value all differ."""
    assert differences(wanted, answer) == found


def test_answer_that_is_no_json_is_a_problem() -> None:
    """A login page in place of the books is the case's problem, not the shop's."""
    with books("<html>") as url, pytest.raises(ShopProblem, match="no JSON"):
        ask(url, status="paid")


def test_name_that_was_not_captured_is_a_problem() -> None:
    """The message names the missing capture and those that exist."""
    with pytest.raises(ShopProblem, match=r"needs \{id\}.*captures order"):
        fill_in("https://shop.example/{id}", {"order": "7"})
