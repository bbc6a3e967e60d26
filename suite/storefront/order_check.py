"""The shop's books: what its own API says of an order after the landing."""

import json
from collections.abc import Mapping
from time import monotonic
from typing import Any

import requests
from pydantic import BaseModel, ConfigDict, Field

from suite.storefront.problems import ShopProblem

ABSENT = "nothing"


class OrderCheck(BaseModel):
    """What the shop's books must say.

    Attributes:
        url: asked by GET; ``{name}`` stands for what the landing URL captured under this name.
        fields: dotted path in the JSON answer, for example "payment.captured" -> value.
        within_s: how long the books may take to say so, seconds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    url: str
    fields: dict[str, str | int | float | bool | None] = Field(alias="json", min_length=1)
    within_s: float = Field(10.0, gt=0, le=600)


class ShopBooksViolation(AssertionError):
    """The shopper landed right, and the shop's books say something else."""

    category = "shop's books"


def check_order(
    check: OrderCheck, captured: Mapping[str, str], *, verify: str | bool, wait: Any
) -> None:
    """Ask the shop's books until they say what the case expects.

    Args:
        check: what must be said, and where.
        captured: what the landing URL held in place of each ``{name}``.
        verify: a CA file, or whether the certificate is judged.
        wait: called with seconds between two questions.

    Raises:
        ShopBooksViolation: the books still say something else at the end of the time limit.
        ShopProblem: the URL needs a name that was not captured, or does not answer with JSON.
    """
    url = fill_in(check.url, captured)
    deadline = monotonic() + check.within_s
    while True:
        wrong = differences(check.fields, _ask(url, verify=verify))
        if not wrong:
            return
        if monotonic() > deadline:
            raise ShopBooksViolation(
                f"{url} still says {'; '.join(wrong)} {check.within_s:g} s after the landing: "
                "look at how the shop books a payment (redirect, webhook, or both)."
            )
        wait(0.25)


def fill_in(url: str, captured: Mapping[str, str]) -> str:
    """Replace each ``{name}`` by what the landing captured.

    Raises:
        ShopProblem: the landing captured nothing under this name.
    """
    for name, value in captured.items():
        url = url.replace(f"{{{name}}}", value)
    if "{" in url:
        names = ", ".join(captured) or "nothing"
        raise ShopProblem(
            f"expect.order.url needs {url[url.index('{') : url.find('}') + 1]}, and expect.landing "
            f"captures {names}: use the same name in both."
        )
    return url


def differences(wanted: Mapping[str, Any], answer: Any) -> list[str]:
    """Return what the answer says otherwise, a phrase for each path."""
    found = []
    for path, value in wanted.items():
        came = _at(answer, path)
        if came != value or isinstance(came, bool) is not isinstance(value, bool):
            found.append(f"{path} = {_shown(came)}, not {_shown(value)}")
    return found


def _at(answer: Any, path: str) -> Any:
    for key in path.split("."):
        if isinstance(answer, Mapping) and key in answer:
            answer = answer[key]
        elif isinstance(answer, list) and key.isdecimal() and int(key) < len(answer):
            answer = answer[int(key)]
        else:
            return ABSENT
    return answer


def _shown(value: Any) -> str:
    return ABSENT if value is ABSENT else json.dumps(value, ensure_ascii=False)


def _ask(url: str, *, verify: str | bool) -> Any:
    try:
        answer = requests.get(
            url, timeout=10, verify=verify, headers={"Accept": "application/json"}
        )
        return answer.json()
    except requests.exceptions.JSONDecodeError:
        raise ShopProblem(
            f"{url} answered with status {answer.status_code} and no JSON: correct "
            "expect.order.url."
        ) from None
    except requests.RequestException as error:
        raise ShopProblem(
            f"{url} cannot be reached ({type(error).__name__}): correct expect.order.url, or start "
            "the shop."
        ) from None
