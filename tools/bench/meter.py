"""Processor seconds of this process and of everything it has started, and the wall clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil


@dataclass(slots=True)
class Cost:
    """What something cost, in seconds; ``cpu_s`` counts the browser and the servers too."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


def tree_cpu_s() -> float:
    """Processor seconds used so far by this process, its descendants and those that have ended."""
    own = psutil.Process()
    total = 0.0
    for process in [own, *own.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # it ended just now, and its parent has its time
        total += times.user + times.system + times.children_user + times.children_system
    return total


@contextmanager
def metered() -> Iterator[Cost]:
    """Measure what happens in the block."""
    cost = Cost()
    cpu_s, wall_s = tree_cpu_s(), time.perf_counter()
    try:
        yield cost
    finally:
        cost.wall_s = time.perf_counter() - wall_s
        cost.cpu_s = tree_cpu_s() - cpu_s
