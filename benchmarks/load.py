"""Ask a server as fast as it answers, over connections that stay open; count what it costs."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

Request = Callable[[int], bytes]
TICKS = 100  # clock ticks a second, as Linux counts processor time


@dataclass
class Load:
    """What a load came to: latencies in seconds, answers by status, processor seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    server_cpu: float = 0.0
    database_cpu: float = 0.0

    def add(self, other: "Load") -> None:
        """Count another load of the same kind in."""
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.statuses += other.statuses
        self.server_cpu += other.server_cpu
        self.database_cpu += other.database_cpu

    @property
    def count(self) -> int:
        """Answers in all."""
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return a percentile of the latencies in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def get(path: str, *headers: str) -> bytes:
    """Return the bytes of a GET request."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, body: bytes) -> bytes:
    """Return the bytes of a POST request with a JSON body."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection:
    """One connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.began = 0.0
        self.received = b""

    def send(self, request: bytes) -> None:
        self.received = b""
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> tuple[int, bool] | None:
        """Return status and whether the server keeps the connection, once the answer is whole."""
        part = self.socket.recv(262_144)
        self.received += part
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not part and not separator:
            return 0, False
        if not separator:
            return None
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        length = int(lowered[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length and part:
            return None
        return int(head[9:12]), b"connection: close" not in lowered and bool(part)


def run(
    port: int, request: Request, *, connections: int, seconds: float, server: int, most: int = 0
) -> Load:
    """Keep `connections` busy for some seconds, or for `most` requests if that comes first."""
    load = Load()
    selector = selectors.DefaultSelector()
    open_ones = [Connection(port) for _ in range(connections)]
    sent = 0
    began = time.perf_counter()
    cpu = cpu_of_tree(server), cpu_of_database()
    for one in open_ones:
        if most and sent >= most:
            break
        selector.register(one.socket, selectors.EVENT_READ, one)
        one.send(request(sent))
        sent += 1
    busy = len(selector.get_map())
    while busy:
        for key, _ in selector.select(timeout=30):
            one: Connection = key.data
            answer = one.read()
            if answer is None:
                continue
            done = time.perf_counter()
            load.latencies.append(done - one.began)
            load.statuses[answer[0]] += 1
            if not answer[1]:
                selector.unregister(one.socket)
                one.socket.close()
                one.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
                selector.register(one.socket, selectors.EVENT_READ, one)
            if done - began < seconds and not (most and sent >= most):
                one.send(request(sent))
                sent += 1
            else:
                selector.unregister(one.socket)
                busy -= 1
    load.seconds = time.perf_counter() - began
    load.server_cpu = cpu_of_tree(server) - cpu[0]
    load.database_cpu = cpu_of_database() - cpu[1]
    for one in open_ones:
        one.socket.close()
    return load


def _stat(pid: str) -> tuple[int, str, float] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
    return int(rest[1]), name, (int(rest[11]) + int(rest[12])) / TICKS


def _processes() -> dict[int, tuple[int, str, float]]:
    pids = (entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return {int(pid): stat for pid in pids if (stat := _stat(pid))}


def cpu_of_tree(root: int) -> float:
    """Return the processor seconds of a process and its children."""
    return sum(stat[2] for pid, stat in _processes().items() if pid == root or stat[0] == root)


def cpu_of_database() -> float:
    """Return the processor seconds of every PostgreSQL process that runs now."""
    return sum(stat[2] for stat in _processes().values() if stat[1] == "postgres")


def memory_of_workers(root: int) -> list[float]:
    """Return the resident memory of each child in megabytes, its share of shared pages counted."""
    return [memory(pid, "Rss:") for pid, stat in _processes().items() if stat[0] == root]


def memory_of_tree(root: int) -> float:
    """Return the memory of a process and all it started in megabytes, shared pages counted once."""
    processes = _processes()
    tree = {root}
    while more := {pid for pid, stat in processes.items() if stat[0] in tree} - tree:
        tree |= more
    return sum(memory(pid, "Pss:") for pid in tree)


def memory(pid: int, kind: str) -> float:
    """Return what the system counts for a process in megabytes, 0 where it has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1]) / 1024
    return 0.0


def statements(port: int, request: bytes) -> int:
    """Return how many statements a request takes, as the server counts them."""
    one = Connection(port)
    one.send(request.replace(b"\r\n\r\n", b"\r\nX-Count-Statements: 1\r\n\r\n", 1))
    while one.read() is None:
        pass
    one.socket.close()
    head = one.received.partition(b"\r\n\r\n")[0].lower()
    at = head.find(b"x-statements:")
    return int(head[at + 13 :].split(b"\r\n", 1)[0]) if at >= 0 else -1
