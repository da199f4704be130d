"""All jobs, in the order of the report."""

from typing import Any

from benchmarks import every_page, headless, mixed, ordering, place, sales, shopping
from benchmarks.bench import Bench, Figure
from benchmarks.importing import imports
from benchmarks.place import Place
from benchmarks.serving import start_and_memory

# With nothing kept from one request to the next, and as a shop is served.
UNCACHED = (
    ("J1", shopping.pages),
    ("J2", shopping.product_pages),
    ("J3", shopping.lists),
    ("J4", shopping.searches),
    ("J5", shopping.averages),
    ("J6", ordering.orders),
    ("H1", headless.unchanged),
    ("H2", headless.bearer),
    ("H3", headless.graphql),
    ("J9", start_and_memory),
)
CACHED = (
    ("J1", shopping.pages_again),
    ("P1", every_page.every_page),
)
# Each with servers of its own, or none.
ALONE = (
    ("L1", mixed.mixed),
    ("R1", sales.reports),
    ("J7", imports),
)


def run(where: Place, wanted: list[str]) -> list[Figure]:
    """Run the jobs that are wanted, or all."""
    figures = _uncached(where, wanted) + _cached(where, wanted)
    for job in _asked(ALONE, wanted):
        figures += job(where)
    return figures


def _asked(jobs: tuple[tuple[str, Any], ...], wanted: list[str]) -> list[Any]:
    return [job for name, job in jobs if not wanted or name in wanted]


def _uncached(where: Place, wanted: list[str]) -> list[Figure]:
    if not (jobs := _asked(UNCACHED, wanted)):
        return []
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
        bench = Bench(where, port, pid, start, issuer)
        for job in jobs:
            job(bench)
        return bench.figures


def _cached(where: Place, wanted: list[str]) -> list[Figure]:
    if not (jobs := _asked(CACHED, wanted)):
        return []
    with place.server(where) as (port, pid, start):
        bench = Bench(where, port, pid, start)
        for job in jobs:
            job(bench)
        return bench.figures
