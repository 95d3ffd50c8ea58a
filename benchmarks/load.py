"""An open-loop HTTP client: requests leave at their time whether or not earlier answers have come."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Load:
    """Latencies in milliseconds (from the moment a request was due), statuses, and the client's own share of a core."""

    latencies: np.ndarray
    statuses: dict[int, int]
    client_cpu_share: float

    def percentile(self, q: float) -> float:
        """The latency that ``q`` per cent of the requests stay under, in milliseconds."""
        return float(np.percentile(self.latencies, q))


@dataclass(frozen=True)
class Request:
    """A GET of ``path`` with ``headers``."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()


class _Connections:
    """Keep-alive connections to one server; a new one is opened when none is idle."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, request: Request) -> int:
        """The status of the answer, once its whole body has been read."""
        reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection(self.host, self.port)
        lines = [f"GET {request.path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if headers.get("transfer-encoding") == "chunked":
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        elif status not in (204, 304):
            await reader.readexactly(int(headers.get("content-length", "0")))
        self.idle.append((reader, writer))
        return status


async def _run(host: str, port: int, requests: Sequence[Request], rate: float) -> Load:
    connections = _Connections(host, port)
    latencies = np.zeros(len(requests))
    statuses: dict[int, int] = {}
    start = time.perf_counter() + 0.1

    async def one(position: int, request: Request) -> None:
        due = start + position / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        status = await connections.get(request)
        latencies[position] = (time.perf_counter() - due) * 1000
        statuses[status] = statuses.get(status, 0) + 1

    before = resource.getrusage(resource.RUSAGE_SELF)
    await asyncio.gather(*(one(position, request) for position, request in enumerate(requests)))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for _, writer in connections.idle:
        writer.close()
    return Load(latencies, statuses, cpu / (time.perf_counter() - start))


def run(host: str, port: int, requests: Sequence[Request], rate: float) -> Load:
    """Send ``requests`` at ``rate`` a second and wait for every answer."""
    return asyncio.run(_run(host, port, requests, rate))


async def _floor(rate: float, count: int) -> Load:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    load = await _run("127.0.0.1", port, [Request("/")] * count, rate)
    server.close()
    return load


def floor(rate: float, count: int) -> Load:
    """The client's own share: the same load on a server that answers two bytes, in this process."""
    return asyncio.run(_floor(rate, count))
