"""Write the figures as a table and as JSON."""

import platform
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from benchmarks.bench import Figure
from benchmarks.place import Place

HEAD = (
    f"{'job':4} {'what':46} {'rate':>14} {'ratio':>8} {'bar':>7} {'goal':>7}"
    f" {'p50 ms':>8} {'p99 ms':>8} {'app ms':>7} {'db ms':>7} {'SQL':>4}"
)


def table(where: Place, figures: list[Figure]) -> str:
    """Return the table; ratios are to the yardstick above them."""
    lines = [f"\n{where.database}, {where.products:,} products, 2 workers", HEAD, "-" * len(HEAD)]
    return "\n".join(lines + [_line(figure) for figure in figures])


def _line(figure: Figure) -> str:
    digits = 0 if figure.rate >= 100 else 1
    rate = f"{figure.rate:,.{digits}f}{figure.unit}"
    line = (
        f"{figure.job:4} {figure.what:46} {rate:>14} {_share(figure.ratio):>8}"
        f" {_share(figure.bar):>7} {_share(figure.goal):>7}"
        f" {_number(figure.p50):>8} {_number(figure.p99):>8} {_number(figure.server_ms, 2):>7}"
        f" {_number(figure.database_ms, 2):>7}"
        f" {figure.statements if figure.statements >= 0 else '':>4}"
    )
    if figure.bar:
        line += "  reached" if figure.ratio >= figure.bar else "  BELOW THE BAR"
    return f"{line.rstrip()}\n     {figure.note}" if figure.note else line.rstrip()


def _share(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio else ""


def _number(value: float, digits: int = 1) -> str:
    return f"{value:,.{digits}f}" if value else ""


def document(where: Place, figures: list[Figure]) -> dict[str, Any]:
    """Return everything for var/bench.json."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "database": where.database,
        "products": where.products,
        "figures": [asdict(figure) for figure in figures],
    }
