"""Import of 100,000 rows with category paths into an empty database (J7)."""

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle

from benchmarks import load, place
from benchmarks.bench import Figure
from benchmarks.place import Place
from shop.demo.seeding.vocabulary import THINGS

ROWS = 100_000


def imports(where: Place) -> list[Figure]:
    """Make an empty database beside the measured one and fill it by the command."""
    empty = place.empty_beside(where)
    place.manage(empty, "migrate", "--verbosity", "0")
    file = place.VAR / "bench-import.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["sku", "name", "price", "category_path"])
        writer.writerows(rows())
    database = load.cpu_of_database()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_products", str(file), "--verbosity", "0"],
        cwd=place.ROOT,
        env=empty.env,
        stdout=subprocess.DEVNULL,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, load.memory(process.pid, "Rss:"))
        time.sleep(0.2)
    seconds = time.monotonic() - began
    file.unlink()
    print(f"  J7 import: {ROWS / seconds:,.0f} rows/s", flush=True)
    imported = Figure(
        "J7",
        f"import of {ROWS:,} rows",
        ROWS / seconds,
        unit=" rows/s",
        database_ms=(load.cpu_of_database() - database) / ROWS * 1000,
        note=f"bar 1,500, goal 4,400 rows/s; {peak:,.0f} MB at most (bar 300, goal 200)",
        broken=process.returncode != 0,
    )
    return [imported]


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield rows in a thousand categories, five deep."""
    for number, thing in zip(range(ROWS), cycle(THINGS), strict=False):
        path = (
            f"All Products/Aisle {number % 10}/Group {number // 10 % 10}"
            f"/Shelf {number // 100 % 5}/Board {number // 500 % 2}"
        )
        yield f"IMP-{number}", f"{thing} {number}", f"{number % 900 + 10}.50", path
