"""Two processes run together and end together, whoever ends first."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from shop.launch import supervisor
from shop.launch.supervisor import Child, WebServerStopped, run_together

FOLDER = Path(__file__).parent
SLEEP = "import time; time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"


def child(name: str, code: str, *, group: bool = True) -> Child:
    return Child(name, [sys.executable, "-c", code], FOLDER, signal_whole_group=group)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def send_soon(number: signal.Signals) -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), number))
    timer.daemon = True
    timer.start()


@pytest.mark.parametrize("number", supervisor.STOP_SIGNALS, ids=lambda number: number.name)
def test_a_stop_signal_ends_both(number):
    web, worker = child("web", SLEEP), child("worker", SLEEP, group=False)
    before = signal.getsignal(number)
    run_together(
        web, worker, answers=lambda: True, ready=lambda: send_soon(number), say=lambda text: None
    )
    assert not web.running
    assert not worker.running
    assert signal.getsignal(number) is before


def test_what_does_not_listen_is_killed_after_a_while(monkeypatch):
    monkeypatch.setattr(supervisor, "SECONDS_TO_STOP", 0.5)
    web, worker = child("web", SLEEP), child("worker", DEAF, group=False)
    run_together(
        web,
        worker,
        answers=lambda: True,
        ready=lambda: send_soon(signal.SIGTERM),
        say=lambda text: None,
    )
    assert not worker.running


def test_grandchildren_do_not_stay_behind(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time, pathlib;"
        f"p = subprocess.Popen([sys.executable, '-c', {DEAF!r}]);"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    web, worker = child("web", SLEEP), child("worker", code, group=False)
    run_together(
        web,
        worker,
        answers=note.exists,
        ready=lambda: send_soon(signal.SIGTERM),
        say=lambda text: None,
    )
    deadline = time.monotonic() + 5
    grandchild = int(note.read_text())
    while alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(grandchild) or "Z" in Path(f"/proc/{grandchild}/stat").read_text().split()[2]


def test_the_end_of_the_web_server_ends_the_worker_and_is_told():
    web, worker = child("web", "import time; time.sleep(0.3)"), child("worker", SLEEP)
    with pytest.raises(WebServerStopped, match="stopped by itself"):
        run_together(web, worker, answers=lambda: True, ready=lambda: None, say=lambda text: None)
    assert not worker.running


def test_a_web_server_that_cannot_start_is_told():
    web, worker = child("web", "raise SystemExit(3)"), child("worker", SLEEP)
    with pytest.raises(WebServerStopped, match="could not start"):
        run_together(web, worker, answers=lambda: False, ready=lambda: None, say=lambda text: None)
    assert not worker.running


def test_a_worker_that_ends_is_started_again(tmp_path):
    starts = tmp_path / "starts"
    code = f"import pathlib; pathlib.Path({str(starts)!r}).open('a').write('x')"
    said: list[str] = []

    def note(text: str) -> None:
        said.append(text)
        if len(said) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    run_together(
        child("web", SLEEP),
        child("worker", code),
        answers=lambda: True,
        ready=lambda: None,
        say=note,
    )
    assert starts.read_text() == "xx"
    assert said == [
        "The worker stopped by itself; starting it again in 1 s.",
        "The worker stopped by itself; starting it again in 2 s.",
    ]
