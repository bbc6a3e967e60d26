"""A pytest plug-in that writes down which test files claim to see which fault."""

import json
from pathlib import Path

import pytest

from reports.hunt import claims


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--claims-report", metavar="FILE", help="where to write the claims")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Gather the markers of everything that was collected."""
    files: dict[str, list[str]] = {}
    for item in items:
        for fault in claims(item):
            path = item.nodeid.partition("::")[0]
            if path not in files.setdefault(fault, []):
                files[fault].append(path)
    Path(config.option.claims_report).write_text(json.dumps(files), encoding="utf-8")
