"""``python -m tools.bench.standin``: start time, speed and memory of the stand-in."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

from standin import StandIn
from tools.bench.child import Child
from tools.bench.figures import Figure, closing, table

CLIENTS: Final = 8
MANY: Final = 50_000
STARTS: Final = 5
TURNS: Final = 6
REQUESTS: Final = 2_500

#: Seconds until the stand-in answers.
START_WITHIN_S: Final = 0.5
#: Sessions per second that it creates at least.
CREATES_PER_S: Final = 2_000.0
#: Processor time with few to that with many; what is missing to 1 is the noise of the measure.
STEADY: Final = 0.85
#: So much more memory than the first time may be taken when as many sessions come again.
LEAK: Final = 1.1
#: Longer than a session's life and the time that it is remembered, seconds.
LONG_AFTER_S: Final = 2 * 3600.0

WAYS: Final = {"TLS": True, "plain HTTP": False}


def start_s() -> float:
    """Seconds from nothing to a server that answers, without the imports; and then stops it."""
    began = time.perf_counter()
    with StandIn():
        return time.perf_counter() - began


def cold_start_s() -> float:
    """The same for a Python that has imported nothing yet, end included."""
    began = time.perf_counter()
    program = "from standin import StandIn\nwith StandIn(): pass"
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Rate:
    """What the clients got out of a server, once.

    Attributes:
        per_s: sessions a second.
        cpu_us: microseconds of the server's own processor time for one session; on a machine
            that others use too this says more.
    """

    per_s: float
    cpu_us: float


def load(server: Child, *, tls: bool) -> Rate:
    """Let the clients loose on a server."""
    hello = server.hello
    command = [
        sys.executable,
        "-m",
        "tools.bench.load",
        str(hello["port"]),
        hello["id"],
        hello["token"],
    ]
    sizes = ["--clients", str(CLIENTS), "--requests", str(REQUESTS), *(["--tls"] if tls else [])]
    before = server.ask()["cpu_s"]
    done = subprocess.run([*command, *sizes], check=True, capture_output=True, text=True)
    used_s = server.ask()["cpu_s"] - before
    result = json.loads(done.stdout)
    requests = result["requests"]
    return Rate(per_s=requests / result["seconds"], cpu_us=used_s / requests * 1e6)


def measure_starts() -> list[Figure]:
    """Start times."""
    return [
        Figure("start", median(_times(STARTS, start_s)), "s", at_most=START_WITHIN_S),
        Figure("start and stop of a new Python", median(_times(3, cold_start_s)), "s"),
    ]


def measure_creates() -> list[Figure]:
    """Sessions per second: few existing, many existing, and a bare endpoint, in turn.

    They take turns, each being the first as often as the others, so that a machine that gets
    busy slows all three.
    """
    figures = []
    for way, tls in WAYS.items():
        option = ["--tls"] if tls else []
        with (
            Child("tools.bench.server", "standin", *option) as fresh,
            Child("tools.bench.server", "standin", *option) as full,
            Child("tools.bench.server", "bare", *option) as bare,
        ):
            full.ask(fill=MANY)
            turns = [_turn([fresh, full, bare], turn, tls=tls) for turn in range(TURNS)]
        names = ("creates", f"creates with {MANY:,} sessions", "bare Starlette with uvicorn")
        for name, rates in zip(names, zip(*turns, strict=True), strict=True):
            limit = CREATES_PER_S if tls and name == "creates" else None
            figures += [
                Figure(f"{name}, {way}", median(r.per_s for r in rates), "/s", at_least=limit),
                Figure("  processor time of each", median(r.cpu_us for r in rates), "µs"),
            ]
        steadiness = median(few.cpu_us / many.cpu_us for few, many, _ in turns)
        figures.append(
            Figure(f"speed with many to few, {way}", steadiness, "times", at_least=STEADY)
        )
    return figures


def measure_memory() -> list[Figure]:
    """What many sessions take, and whether it is given back when they are forgotten."""
    with Child("tools.bench.server", "standin") as server:
        empty = server.ask()
        full = server.ask(fill=MANY)
        # The next session makes the stand-in look for those whose time has come.
        server.ask(advance_s=LONG_AFTER_S)
        server.ask(fill=MANY + 1)
        after = server.ask()
        again = server.ask(fill=MANY)
    return [
        Figure("memory with no session", empty["memory_mib"], "MiB"),
        Figure(f"memory with {MANY:,}", full["memory_mib"], "MiB"),
        Figure("sessions known long after", after["sessions"], "", at_most=1),
        Figure("memory then", after["memory_mib"], "MiB"),
        Figure(f"memory with {MANY:,} new ones", again["memory_mib"], "MiB"),
        Figure(
            "second time to first",
            again["memory_mib"] / full["memory_mib"],
            "times",
            at_most=LEAK,
        ),
    ]


def measure_and_print() -> list[Figure]:
    """Take all measures, and print each table as soon as it is there."""
    figures = []
    for title, measure in (
        ("Stand-in, start", measure_starts),
        (f"Stand-in, {CLIENTS} clients that keep their connections", measure_creates),
        ("Stand-in, memory", measure_memory),
    ):
        found = measure()
        print("\n" + table(title, found), flush=True)
        figures += found
    return figures


def main() -> int:
    """Measure; 1 if a limit is broken."""
    figures = measure_and_print()
    print(f"\n{closing(figures)}")
    return 0 if all(figure.holds for figure in figures) else 1


def _turn(servers: list[Child], first: int, *, tls: bool) -> list[Rate]:
    """Load each server once, beginning with another one each time; rates in their own order."""
    places = [(first + step) % len(servers) for step in range(len(servers))]
    rates = {place: load(servers[place], tls=tls) for place in places}
    return [rates[place] for place in range(len(servers))]


def _times(number: int, measure: Callable[[], float]) -> list[float]:
    return [measure() for _ in range(number)]


if __name__ == "__main__":
    sys.exit(main())
