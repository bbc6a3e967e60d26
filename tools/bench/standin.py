"""``python -m tools.bench.standin``: start time, speed and memory of the stand-in.

``wrk`` creates the sessions in another process, so this one's processor time is the server's.
"""

import gc
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from standin import StandIn
from tools.bench.figures import Figure, closing, table
from tools.command_line import Parser

CREATE_PATH: Final = "/invoicingcheckoutservice/v1/checkouts"
MANY: Final = 50_000
CONNECTIONS: Final = 8
LOAD_S: Final = 2

START_WITHIN_S: Final = 0.5
CREATES_PER_S: Final = 2_000.0
#: Processor time of a create with few sessions, divided by that with many; 0.15 is noise.
STEADY: Final = 0.85


def start_s() -> float:
    """Return the seconds from nothing to a server that answers, imports excluded."""
    began = time.perf_counter()
    with StandIn():
        return time.perf_counter() - began


def create_sessions(standin: StandIn) -> tuple[float, float]:
    """Create sessions for some seconds, over TLS and on connections that stay open.

    Returns:
        Creates per second, and microseconds of processor time for each.
    """
    merchant = standin.merchant
    used_s = time.process_time()
    done = subprocess.run(
        [
            *("wrk", "--threads", "1", "--connections", str(CONNECTIONS)),
            *("--duration", f"{LOAD_S}s", "--script", str(Path(__file__).with_name("create.lua"))),
            *("--header", f"X-Clover-Merchant-Id: {merchant.id}"),
            *("--header", f"Authorization: Bearer {merchant.token}"),
            f"{standin.api_url}{CREATE_PATH}",
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    used_s = time.process_time() - used_s
    created, failed, took_us = map(int, done.stdout.splitlines()[-1].split())
    if failed or not created:
        sys.exit(f"The stand-in created {created} sessions, and {failed} requests failed.")
    return created / took_us * 1e6, used_s / created * 1e6


def memory_mib() -> float:
    """Return the memory of this process, after a collection."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def measure_load() -> list[Figure]:
    """Measure speed and memory while the number of sessions grows beyond ``MANY``."""
    with StandIn() as standin:
        empty = memory_mib()
        loads = []
        while standin.merchant.sessions < MANY:
            loads.append(create_sessions(standin))
        full = memory_mib()
    (few_per_s, few_us), *_, (many_per_s, many_us) = loads
    return [
        Figure("creates", few_per_s, "/s", at_least=CREATES_PER_S),
        Figure("  processor time of each", few_us, "µs"),
        Figure(f"creates near {MANY:,} sessions", many_per_s, "/s"),
        Figure("  processor time of each", many_us, "µs"),
        Figure("speed with many to few", few_us / many_us, "times", at_least=STEADY),
        Figure("memory without sessions", empty, "MiB"),
        Figure(f"memory with {standin.merchant.sessions:,} sessions", full, "MiB"),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return 1 if a limit is broken."""
    Parser(prog="python -m tools.bench.standin", description=__doc__).parse_args(arguments)
    start = median(start_s() for _ in range(5))
    figures = [Figure("start", start, "s", at_most=START_WITHIN_S)]
    if shutil.which("wrk"):
        figures += measure_load()
    else:
        print("\nSpeed and memory are skipped: wrk is not installed (Debian: apt-get install wrk).")
    print("\n" + table(f"Stand-in, TLS, {CONNECTIONS} connections", figures))
    print(f"\n{closing(figures)}")
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
