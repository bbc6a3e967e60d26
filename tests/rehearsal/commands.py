"""Commands of the project, aimed at the rehearsal provider."""

import os
import subprocess
import sys
from pathlib import Path

from tests.rehearsal.dashboard import EMAIL, PASSWORD, PATH
from tests.rehearsal.provider import Rehearsal

ROOT = Path(__file__).parents[2]


def settings_of(provider: Rehearsal) -> dict[str, str]:
    """Return the settings of a run on the provider, by environment variable."""
    return {
        "CLOVER_API_URL": provider.origin,
        "CLOVER_MERCHANT_ID": provider.merchant_id,
        "CLOVER_PRIVATE_TOKEN": provider.token,
        "CLOVER_DASHBOARD_URL": provider.origin + PATH,
        "CLOVER_DASHBOARD_EMAIL": EMAIL,
        "CLOVER_DASHBOARD_PASSWORD": PASSWORD,
        "REDIRECT_TIMEOUT_S": "3",
    }


def run_tool(
    provider: Rehearsal, module: str, *options: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m module`` on the provider, with its settings and changes of them."""
    tool = start_tool(provider, module, *options, **environ)
    out, err = tool.communicate()
    return subprocess.CompletedProcess(tool.args, tool.returncode, out, err)


def start_tool(
    provider: Rehearsal, module: str, *options: str, **environ: str
) -> subprocess.Popen[str]:
    """Start the same."""
    return subprocess.Popen(
        [sys.executable, "-m", module, "--target", "sandbox", *options],
        cwd=ROOT,
        env={**os.environ, **settings_of(provider), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
