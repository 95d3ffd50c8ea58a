"""One polite client: it says who asks, keeps to the pace of each host, tries again what may pass, resumes, and checks.

The clock, the pause and the chance are given, so that what it does is the same every time in a test.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from odd17.core.kernel import DataError, Message, Odd17Error

from .body import Body, Part, Validators, receive
from .pace import DELAYS, LIMITS, LONGEST_WAIT, Pace, delay, retry_after
from .trouble import Offline, Passing

Chosen = TypeVar("Chosen")

READ_LIMIT = 64 * 2**20
"""The largest answer that is read into memory, in bytes."""

DOWNLOAD_LIMIT = 600 * 2**20
"""The largest file that is fetched, where a source does not state its own size."""

_NEXT = re.compile(r'<([^>]*)>\s*;[^,]*\brel="?next"?')
_TIMEOUT = urllib3.Timeout(connect=15, read=60)
_REDIRECTS = 5
_KEPT = ("content-type", "content-length", "content-encoding", "etag", "last-modified", "date", "content-disposition")


def contact() -> str:
    """What the user agent says of who asks: ``ODD17_CONTACT`` (an address or a page), else the project alone."""
    stated = " ".join(os.environ.get("ODD17_CONTACT", "").split())
    return f"odd17/{version('odd17')}" + (f" ({stated})" if stated.isascii() and stated else "")


@dataclass
class Client:
    """Asks servers; one a pull, so that the pace of each host is kept. Not to be shared between threads.

    ``limits`` are requests a minute by host. ``clock`` gives seconds that only grow, ``now`` the time of day.
    ``mirror`` is a copy of the web to ask instead: ``https://host/path`` is then asked for at ``mirror/host/path``. The
    machine's proxy (``https_proxy``, ``no_proxy``) is used where it has one.
    """

    agent: str = field(default_factory=contact)
    limits: Mapping[str, int] = field(default_factory=lambda: LIMITS)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: random.Random = field(default_factory=random.Random)
    progress: Callable[[int, int], None] = lambda done, total: None
    mirror: str | None = None

    def __post_init__(self) -> None:
        self._pace = Pace(self.limits, self.clock, self.sleep)
        self._silent: set[str] = set()
        self._pools: dict[str | None, urllib3.PoolManager] = {}

    def read(self, address: str, *, hosts: Collection[str] = (), expected: str | None = "json") -> bytes:
        """The body at ``address``, at most ``READ_LIMIT`` bytes.

        Redirects to a host other than that of the address are followed only to ``hosts``. Raises DataError where the
        server refuses (4xx) or answers with something else than ``expected`` (see ``sniff``), and Odd17Error where it
        fails again and again (Offline where it cannot be reached at all).
        """
        return self.read_page(address, hosts=hosts, expected=expected)[0]

    def read_page(
        self, address: str, *, hosts: Collection[str] = (), expected: str | None = "json"
    ) -> tuple[bytes, str | None]:
        """As ``read``, and the address of the next page, where the answer names one in its header Link."""

        def attempt() -> tuple[bytes, str | None]:
            with self._opened(address, {"Accept-Encoding": "gzip"}, hosts) as (response, final):
                part = Part(address=final, expected=expected, limit=READ_LIMIT, clock=self.clock)
                found = _NEXT.search(response.headers.get("Link", ""))
                following = None if found is None else _followed(final, urljoin(final, found[1]), address, hosts)
                return b"".join(part.chunks(response)), following

        return self._persist(attempt, address)

    def download(
        self,
        address: str,
        aside: Path,
        *,
        hosts: Collection[str] = (),
        expected: str | None = None,
        limit: int = DOWNLOAD_LIMIT,
        known: Validators | None = None,
    ) -> Body | None:
        """Write the body at ``address`` to ``aside``, byte for byte; None where the server says it is as ``known``.

        What an earlier attempt left at ``aside`` (of this run or one before) is completed where the server can send the
        rest of the same version of the file, and begun again otherwise. Raises as ``read`` does.
        """

        def attempt() -> Body | None:
            part = Part(
                address=address, expected=expected, limit=limit, clock=self.clock, aside=aside, progress=self.progress
            )
            headers = {"Accept-Encoding": "identity"} | part.resuming()
            if known is not None and "Range" not in headers:
                headers |= known.conditions()
            with self._opened(address, headers, hosts) as (response, final):
                if response.status == 304:
                    return None
                return receive(response, part, final, self.now(), _headers(response))

        return self._persist(attempt, address)

    def _persist(self, attempt: Callable[[], Chosen], address: str) -> Chosen:
        """What ``attempt`` gives, tried again while what stops it may pass."""
        for number in range(len(DELAYS) + 1):
            try:
                return attempt()
            except Passing as trouble:
                if number == len(DELAYS):
                    raise trouble.final(address, number + 1) from trouble
                wait = delay(number, self.chance) if trouble.wait is None else trouble.wait
                if wait > LONGEST_WAIT:
                    raise DataError(
                        Message(
                            "{trouble}: the server asks to wait {minutes:.0f} minutes",
                            trouble=trouble.said, minutes=wait / 60,
                        ),
                        file=address,
                        remedy="run the command again later: what was fetched is kept",
                    ) from trouble  # fmt: skip
                self.sleep(wait)
        raise AssertionError  # pragma: no cover (the loop returns or raises)

    @contextmanager
    def _opened(
        self, address: str, headers: Mapping[str, str], hosts: Collection[str]
    ) -> Iterator[tuple[urllib3.BaseHTTPResponse, str]]:
        """The answer of ``address`` after redirects, its body not yet read, and the address that gave it."""
        at = address
        for _ in range(_REDIRECTS + 1):
            response = self._request(at, headers)
            try:
                target = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and target is not None:
                    at = _followed(at, urljoin(at, target), address, hosts)
                    continue
                self._refuse(response, at, partial="Range" in headers)
                yield response, at
                return
            except HTTPError as error:
                raise Passing(Message("the body was cut short ({error})", error=type(error).__name__)) from error
            finally:
                response.close()  # what was not read is not worth reading: the connection goes
        raise DataError(
            Message("more than {redirects} redirects", redirects=_REDIRECTS),
            file=address,
            remedy="open the address in a browser",
        )

    def _request(self, address: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DataError("not an address of the web", file=address, remedy="correct `access` in the source file")
        if parts.hostname in self._silent:
            raise Offline(parts.hostname, Message("it did not answer before"))
        self._pace.wait(parts.hostname)
        target = address if self.mirror is None else f"{self.mirror.rstrip('/')}/{address.split('://', 1)[1]}"
        try:
            return self._pool(target).request(
                "GET", target, headers={"User-Agent": self.agent, **headers}, preload_content=False,
                decode_content=False, redirect=False,
            )  # fmt: skip
        except LocationValueError as error:
            raise DataError("not an address", file=address, remedy="correct `access` in the source file") from error
        except (
            NewConnectionError,
            ConnectTimeoutError,
            ProxyError,
        ) as error:  # a name that is not found is one of these
            self._silent.add(parts.hostname)
            raise Offline(parts.hostname, Message("no connection can be made")) from error
        except SSLError as error:
            raise Odd17Error(
                Message(
                    "{address}: the connection is not safe ({error}). Remedy: check the clock and the "
                    "certificates of this machine.",
                    address=address,
                    error=str(error),
                )
            ) from error
        except HTTPError as error:
            raise Passing(Message("the connection broke ({error})", error=type(error).__name__)) from error

    def _pool(self, address: str) -> urllib3.PoolManager:
        parts = urlsplit(address)
        proxy = None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
        if proxy not in self._pools:
            self._pools[proxy] = (
                urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
                if proxy is None
                else urllib3.ProxyManager(proxy, timeout=_TIMEOUT, retries=False)
            )
        return self._pools[proxy]

    def _refuse(self, response: urllib3.BaseHTTPResponse, address: str, *, partial: bool) -> None:
        """Raise where the status is one of failure: Passing where the same request may succeed later."""
        status = response.status
        if status in (200, 304) or (partial and status in (206, 416)):
            return
        if status == 429 or status >= 500:
            wait = retry_after(response.headers.get("Retry-After"), self.now())
            raise Passing(Message("the server answers {status}", status=status), wait=wait, status=status)
        raise DataError(
            Message("the server answers {status}", status=status), file=address, remedy=_REMEDIES.get(status, _REMEDY)
        )


_REMEDY = Message("see the source's page, and correct `access` in the source file")
_REMEDIES = {
    401: Message("the service now asks for a key: see the source's page"),
    403: Message("the service refuses this machine or asks for a key: see the source's page, and set ODD17_CONTACT"),
    404: Message("the file moved or was replaced: see the source's page, and correct `access` in the source file"),
    410: Message("the file was withdrawn: see the source's page"),
}


def _followed(at: str, target: str, asked: str, hosts: Collection[str]) -> str:
    """``target`` where a redirect to it may be followed."""
    origin, start, there = urlsplit(at), urlsplit(asked), urlsplit(target)
    if there.hostname != start.hostname and there.hostname not in hosts:
        raise DataError(
            Message("the server sends to another host, {hostname}", hostname=there.hostname), file=asked, value=target,
            remedy=Message(
                "if it is the producer's, add {hostname} to `hosts` under `access` in the source file",
                hostname=there.hostname,
            ),
        )  # fmt: skip
    if origin.scheme == "https" and there.scheme != "https":
        raise DataError(
            "the server sends from a safe address to an unsafe one", file=asked, value=target,
            remedy="see the source's page for a safe address",
        )  # fmt: skip
    return target


def _headers(response: urllib3.BaseHTTPResponse) -> dict[str, str]:
    return {name: response.headers[name] for name in _KEPT if name in response.headers}
