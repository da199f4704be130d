"""Run web server and worker together in the foreground, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 8.0
SECONDS_TO_ANSWER = 90.0
LONGEST_PAUSE = 30.0
TICK = 0.1


class PortUnusable(Exception):
    """The address cannot be listened on; the text says why."""


class WebServerStopped(Exception):
    """The web server ended by itself."""


@dataclass
class Child:
    """A process in a session of its own, so that Ctrl-C in the terminal reaches only us.

    A worker shares out SIGTERM to its own processes and hangs if they get it twice; a web server
    takes it as a whole group.
    """

    name: str
    command: Sequence[str]
    folder: Path
    signal_whole_group: bool
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", **self.environment}
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env=environment, start_new_session=True
        )

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM to those of its processes that expect it."""
        if self.process is None or not self.running:
            return
        if self.signal_whole_group:
            self._signal_group(signal.SIGTERM)
        else:
            self.process.terminate()

    def make_sure(self) -> None:
        """Kill what is left of its group, and collect it."""
        if self.process is not None:
            self._signal_group(signal.SIGKILL)
            self.process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        assert self.process is not None  # noqa: S101
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


def check_port(host: str, port: int) -> None:
    """Raise PortUnusable if nothing can listen on `host` and `port`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortUnusable(error.strerror or str(error)) from error


def run_together(
    web: Child,
    worker: Child,
    *,
    answers: Callable[[], bool],
    ready: Callable[[], None],
    say: Callable[[str], None],
) -> None:
    """Run both until a stop signal; call `ready` once the web server answers.

    A worker that ends is started again after a growing pause.
    Raises WebServerStopped when the web server ends by itself; the worker is stopped then too.
    """
    with _stop_requested() as stopping:
        try:
            web.start()
            worker.start()
            _wait_for_answer(web, answers, stopping)
            if not stopping():
                ready()
            _watch(web, worker, stopping, say)
        finally:
            _stop_all((web, worker))


@contextmanager
def _stop_requested() -> Iterator[Callable[[], bool]]:
    """Turn stop signals into a question that the loops ask."""
    seen: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        seen.append(number)

    before = {number: signal.signal(number, note) for number in STOP_SIGNALS}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_for_answer(web: Child, answers: Callable[[], bool], stopping: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not stopping() and not answers():
        if not web.running:
            raise WebServerStopped("The web server could not start.")
        if time.monotonic() > deadline:
            raise WebServerStopped("The web server started but does not answer.")
        time.sleep(TICK)


def _watch(
    web: Child, worker: Child, stopping: Callable[[], bool], say: Callable[[str], None]
) -> None:
    pause = 1.0
    start_at: float | None = None
    while not stopping():
        if not web.running:
            raise WebServerStopped("The web server stopped by itself.")
        if not worker.running and start_at is None:
            say(f"The worker stopped by itself; starting it again in {pause:.0f} s.")
            worker.make_sure()
            start_at = time.monotonic() + pause
            pause = min(2 * pause, LONGEST_PAUSE)
        elif start_at is not None and time.monotonic() >= start_at:
            worker.start()
            start_at = None
        time.sleep(TICK)


def _stop_all(children: Sequence[Child]) -> None:
    """Ask all to stop, wait for them together, then make sure that none is left."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(child.running for child in children) and time.monotonic() < deadline:
        time.sleep(TICK)
    for child in children:
        child.make_sure()
