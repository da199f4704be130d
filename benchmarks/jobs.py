"""All jobs, in the order of the report."""

from benchmarks import headless, load, mixed, ordering, place, sales, shopping
from benchmarks.bench import Bench, Figure
from benchmarks.importing import imports
from benchmarks.place import Place

JOBS = (
    ("J1", shopping.pages),
    ("J2", shopping.product_pages),
    ("J3", shopping.lists),
    ("J4", shopping.searches),
    ("J5", shopping.averages),
    ("J6", ordering.orders),
    ("H1", headless.unchanged),
    ("H2", headless.bearer),
    ("H3", headless.graphql),
)


def run(where: Place, wanted: list[str]) -> list[Figure]:
    """Run the jobs that are wanted, or all."""
    figures: list[Figure] = []

    def asked(name: str) -> bool:
        return not wanted or name in wanted

    with (
        headless.provider() as issuer,
        place.server(
            where,
            DJANGO_SETTINGS_MODULE="benchmarks.settings_uncached",
            API_JWT_ISSUER=issuer,
            API_JWT_AUDIENCE=headless.AUDIENCE,
            API_JWT_JWKS_URL=f"{issuer}/keys",
        ) as (port, pid, start),
    ):
        bench = Bench(where, port, pid, issuer)
        for name, job in JOBS:
            if asked(name):
                job(bench)
        figures += bench.figures
        if asked("J9"):
            figures += start_and_memory(start, max(load.memory_of_workers(pid)))
    if asked("J1"):
        with place.server(where) as (port, pid, _):
            bench = Bench(where, port, pid)
            shopping.pages_again(bench)
            figures += bench.figures
    if asked("L1"):
        figures += mixed.mixed(where)
    if asked("R1"):
        figures += sales.reports()
    if asked("J7"):
        figures.append(imports(where))
    return figures


def start_and_memory(start: float, memory: float) -> list[Figure]:
    """J9."""
    return [
        Figure("J9", "start to first answer", start, unit=" s", note="bar 4 s, goal 2.7 s"),
        Figure("J9", "memory of a worker", memory, unit=" MB", note="bar 150 MB, goal 112 MB"),
    ]
