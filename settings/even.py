"""Connections spread evenly over the web processes."""

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PAUSE = 0.00025  # seconds a connection that is held already
MOST = 0.002


class EvenWorker(ThreadWorker):
    """Leaves a new connection to a process that holds fewer.

    All processes wait at one door. A browser or proxy that opens many connections at once, and
    keeps them, else often meets the same process at each, while the others have nothing to do.
    """

    def accept(self, listener: Any) -> None:
        """Take a new connection, unless another process was quicker."""
        time.sleep(min(self.nr_conns * PAUSE, MOST))
        super().accept(listener)
