"""A newcomer starts the shop with one command, looks around, and stops it with Ctrl-C."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.journey


def environment(var: Path, port: int) -> dict[str, str]:
    """Return what a plain terminal has; a blank name takes the default, whatever .env says."""
    plain = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}
    blank = "ALLOWED_HOSTS BASE_URL DEBUG EMAIL_URL HOST QUEUE_BROKER REDIS_URL SECRET_KEY".split()
    return {
        **{name: value for name, value in os.environ.items() if name in plain},
        **dict.fromkeys(blank, ""),
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/duka.sqlite3",
        "PORT": str(port),
    }


class Install:
    """A shop of its own in an empty folder, started as `make run` does."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.log = folder / "output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", *options],
                cwd=ROOT,
                env=environment(self.folder / "var", self.port),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(lambda: "Ctrl-C stops the shop" in self.output())

    def wait_until(self, happened: Callable[[], bool], seconds: float = 150) -> None:
        deadline = time.monotonic() + seconds
        while not happened():
            assert self.process and self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.2)

    def stop(self, number: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()

    def processes(self, *words: str) -> list[int]:
        """Return the ids of processes of this install whose command line has all `words`."""
        mark = f"VAR_DIR={self.folder}/var".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                command = (entry / "cmdline").read_bytes()
                ours = mark in (entry / "environ").read_bytes().split(b"\0")
                if ours and all(word.encode() in command for word in words):
                    found.append(int(entry.name))
            except (OSError, ValueError):
                continue
        return sorted(found)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    install = Install(tmp_path)
    yield install
    if install.process and install.process.poll() is None:
        install.process.kill()
        install.process.wait()
    for pid in install.processes():
        os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc (Linux)")
def test_one_command_makes_a_shop_that_ctrl_c_stops_without_a_trace(install: Install) -> None:
    install.start("--no-demo")

    assert install.get("/")[0] == 200
    status, login = install.get("/admin/")
    assert status == 200
    assert 'type="password"' in login

    account = install.folder / "var" / "admin.txt"
    assert stat.S_IMODE(account.stat().st_mode) == 0o600
    user, password = re.findall(r"^(?:user|password): (\S+)$", account.read_text(), re.M)
    assert user == "admin"
    assert len(password) >= 16
    assert f"{user} / {password}" in install.output()
    for address in (f"http://127.0.0.1:{install.port}/", "/admin/", str(account)):
        assert address in install.output()

    assert install.processes("gunicorn")
    assert install.processes("qcluster")
    assert install.stop(signal.SIGINT) == 0
    assert install.processes() == []

    # The second start keeps the account, makes nothing new, and obeys a service manager as well.
    began = time.monotonic()
    install.start("--no-demo")
    assert time.monotonic() - began < 45
    assert "Made the admin account" not in install.output()
    assert password in account.read_text()
    worker = min(install.processes("qcluster"))
    os.kill(worker, signal.SIGKILL)
    install.wait_until(lambda: "The worker stopped by itself" in install.output())
    install.wait_until(lambda: bool(install.processes("qcluster")))
    assert worker not in install.processes("qcluster")
    assert install.stop(signal.SIGTERM) == 0
    assert install.processes() == []


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment(tmp_path, port),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert answer.returncode == 1
    assert f"port {port}: Address already in use" in answer.stderr
    assert "make run PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr
