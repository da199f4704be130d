"""How gunicorn serves the shop: `gunicorn --config settings/gunicorn.py`."""

import gc
from pathlib import Path
from typing import Any

from settings import env, logs

wsgi_app = "settings.wsgi"
bind = f"{env.HOST}:{env.PORT}"

# Threads of one process share its memory and take turns at Python. Measured on two cores, two
# processes with two threads each answer more requests a second than with four.
worker_class = "settings.even.EvenWorker"
workers = env.WEB_WORKERS
threads = env.WEB_THREADS
preload_app = True

# A process that has grown is replaced now and then, never all at the same moment.
max_requests = 50_000
max_requests_jitter = 10_000
timeout = 60
graceful_timeout = 20
keepalive = 5

# The heartbeat file must not wait for a busy disk.
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108

logconfig_dict = logs.config(env.LOG_FORMAT, env.LOG_LEVEL)

if env.METRICS_TOKEN:
    metrics_folder = env.share_metrics()

    def child_exit(server: Any, worker: Any) -> None:
        """Forget the gauges of a process that ended; its counts stay."""
        from prometheus_client import multiprocess  # noqa: PLC0415  (after the folder is named)

        multiprocess.mark_process_dead(worker.pid, str(metrics_folder))


def when_ready(server: Any) -> None:
    """Leave what all processes share out of garbage collection, which would copy it for each."""
    gc.collect()
    gc.freeze()
