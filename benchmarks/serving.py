"""What a server costs before anybody asks it for anything, and after many did (J9)."""

from benchmarks import load
from benchmarks.bench import Bench, Figure


def start_and_memory(bench: Bench) -> None:
    """J9, after all other jobs of the same server."""
    largest = max(load.memory_of_workers(bench.server))
    bench.figures += [
        Figure("J9", "start to first answer", bench.start, unit=" s", note="bar 4 s, goal 2.7 s"),
        Figure("J9", "memory of a worker", largest, unit=" MB", note="bar 150 MB, goal 112 MB"),
        Figure(
            "J9",
            "memory of server and workers, shared pages once",
            load.memory_of_tree(bench.server),
            unit=" MB",
        ),
    ]
