"""Measure the shop's jobs and print them beside yardsticks taken in the same run.

BENCH_PRODUCTS (100,000) sets the catalogue's size and BENCH_DATABASE_URL where it lives; the
catalogue is kept for the next run. BENCH_JOBS names the jobs to run, as in `BENCH_JOBS=J1,J6`; for
BENCH_MINUTES and BENCH_RATE see benchmarks/mixed.py. REDIS_URL is passed on where it is set.
"""

import json
import os
import sys

import django

from benchmarks import place

where = place.prepare()
os.environ.update(where.env)
django.setup()

from benchmarks import jobs, report  # noqa: E402

wanted = [name for name in os.environ.get("BENCH_JOBS", "").upper().split(",") if name]
figures = jobs.run(where, wanted)
print(report.table(where, figures))
file = place.VAR / "bench.json"
file.write_text(json.dumps(report.document(where, figures), indent=2))
print(f"\nWritten to {file}")
sys.exit(1 if any(figure.broken for figure in figures) else 0)
