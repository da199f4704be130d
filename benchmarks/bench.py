"""One job under load: warm up, measure, keep the figure."""

from dataclasses import dataclass

from benchmarks import load
from benchmarks.load import Load, get
from benchmarks.place import Place

CONNECTIONS = 16
SECONDS = 6.0


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
    """One run: a server, its yardsticks, and what was measured so far."""

    def __init__(self, where: Place, port: int, server: int) -> None:
        self.where, self.port, self.server = where, port, server
        self.figures: list[Figure] = []
        self.fixed = 0.0

    def measure(
        self,
        job: str,
        what: str,
        requests: list[bytes],
        *,
        yardstick: float,
        bar: float = 0,
        goal: float = 0,
        connections: int = CONNECTIONS,
        expect: int = 200,
    ) -> Load:
        """Warm up, load, and keep the figure; `yardstick` is the rate the ratio is taken to."""
        one_after_another(self.port, requests[:60], self.server)
        statements = load.statements(self.port, requests[-1])
        done = load.run(
            self.port,
            lambda number: requests[number % len(requests)],
            connections=connections,
            seconds=SECONDS,
            server=self.server,
        )
        wrong = sum(count for status, count in done.statuses.items() if status != expect)
        self.figures.append(
            Figure(
                job,
                what,
                done.rate,
                ratio=done.rate / yardstick if yardstick else 1.0,
                bar=bar,
                goal=goal,
                p50=done.percentile(0.5),
                p99=done.percentile(0.99),
                server_ms=done.server_cpu / done.count * 1000,
                database_ms=done.database_cpu / done.count * 1000,
                statements=statements,
                note=f"{wrong} answers were not {expect}: {dict(done.statuses)}" if wrong else "",
                broken=bool(wrong),
            )
        )
        print(f"  {job} {what}: {done.rate:,.0f}/s", flush=True)
        return done

    def yardstick(self) -> float:
        """Measure the fixed page just before the job that is held against it."""
        rates = self.measure(
            "-", "yardstick: fixed page of 40 kB", [get("/yardstick/fixed/")], yardstick=0
        )
        self.fixed = rates.rate
        return rates.rate


def one_after_another(port: int, requests: list[bytes], server: int) -> None:
    load.run(
        port,
        lambda number: requests[number % len(requests)],
        connections=1,
        seconds=30,
        server=server,
        most=len(requests),
    )
