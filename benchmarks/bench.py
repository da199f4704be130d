"""One job under load: warm up, measure, keep the figure."""

from dataclasses import dataclass, replace

from benchmarks import load
from benchmarks.load import Load, get
from benchmarks.place import Place

CONNECTIONS = 16
SECONDS = 6.0
TURNS = 5
FIXED = ("fixed page of 40 kB", [get("/yardstick/fixed/")])


@dataclass(frozen=True)
class Figure:
    """One line of the report. `bar` and `goal` are what the ratio to the yardstick should reach."""

    job: str
    what: str
    rate: float
    unit: str = "/s"
    ratio: float = 0.0
    bar: float = 0.0
    goal: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    server_ms: float = 0.0
    database_ms: float = 0.0
    statements: int = -1
    note: str = ""
    broken: bool = False


class Bench:
    """One run: a server, its yardsticks, and what was measured so far.

    `start` is how many seconds the server took to its first answer, `issuer` the outside provider
    whose tokens it believes.
    """

    def __init__(
        self, where: Place, port: int, server: int, start: float, issuer: str = ""
    ) -> None:
        self.where, self.port, self.server = where, port, server
        self.start, self.issuer = start, issuer
        self.figures: list[Figure] = []

    def measure(
        self,
        job: str,
        what: str,
        requests: list[bytes],
        *,
        against: tuple[str, list[bytes]] = FIXED,
        bar: float = 0,
        goal: float = 0,
        connections: int = CONNECTIONS,
        expect: int = 200,
    ) -> None:
        """Warm up, load in turns with the yardstick, and keep both figures.

        The machine's speed drifts, so each turn is held against the yardstick's turn right before
        it; the ratio is the middle one.
        """
        name, yardstick = against
        one_after_another(self.port, requests[:60], self.server)
        statements = load.statements(self.port, requests[-1])
        held, done, ratios = Load(), Load(), []
        for _ in range(TURNS):
            best = self._load(yardstick, connections)
            mine = self._load(requests, connections)
            ratios.append(mine.rate / best.rate)
            held.add(best)
            done.add(mine)
        self.figures.append(figure_of("-", f"yardstick: {name}", held))
        wrong = sum(count for status, count in done.statuses.items() if status != expect)
        self.figures.append(
            replace(
                figure_of(job, what, done),
                ratio=sorted(ratios)[TURNS // 2],
                bar=bar,
                goal=goal,
                statements=statements,
                note=f"{wrong} answers were not {expect}: {dict(done.statuses)}" if wrong else "",
                broken=bool(wrong),
            )
        )
        print(f"  {job} {what}: {done.rate:,.0f}/s", flush=True)

    def _load(self, requests: list[bytes], connections: int) -> Load:
        return load.run(
            self.port,
            lambda number: requests[number % len(requests)],
            connections=connections,
            seconds=SECONDS / TURNS,
            server=self.server,
        )


def figure_of(job: str, what: str, done: Load) -> Figure:
    """Return what a load came to as a line of the report."""
    return Figure(
        job,
        what,
        done.rate,
        p50=done.percentile(0.5),
        p99=done.percentile(0.99),
        server_ms=done.server_cpu / done.count * 1000,
        database_ms=done.database_cpu / done.count * 1000,
    )


def one_after_another(port: int, requests: list[bytes], server: int) -> None:
    load.run(
        port,
        lambda number: requests[number % len(requests)],
        connections=1,
        seconds=30,
        server=server,
        most=len(requests),
    )
