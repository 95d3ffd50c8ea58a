"""Fixtures that every test may use."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy is not a fault of the code: no test depends on the time that it takes.
settings.register_profile("odd17", deadline=None)
settings.load_profile("odd17")

# No test reaches for the network, nor do the servers that tests start.
os.environ["ODD17_PULL"] = "off"
os.environ["ODD17_DEMONSTRATION"] = "off"  # nor do they build it beside the tests

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; skips, with the reason, where it is absent."""
    folder = Path(os.environ.get("ODD17_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the reference material is absent: set ODD17_SHARED, or lay it in ../shared")
    return folder


@dataclass
class Reply:
    """One answer of the web of the tests. ``cut`` sends only so many bytes of the body, then hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


Answer = Reply | Callable[[Mapping[str, str]], Reply]


class Web:
    """A server on this machine that stands for the whole web: it answers at ``/host/path`` for ``https://host/path``.

    The answers of an address are given in their order, and the last one again for ever; ``asked`` are the requests.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._answers: dict[str, list[Answer]] = {}
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                reply = web.reply(self.path[1:], {name.lower(): value for name, value in self.headers.items()})
                self.send_response(reply.status)
                for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.status != 304:
                    self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
                if reply.cut is not None:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing: clients that hang up are part of the tests."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the web of the tests answers."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def put(self, address: str, *answers: Answer) -> None:
        """Answer ``address`` (without ``https://``; without its query, for any) with ``answers``."""
        self._answers[address] = list(answers)

    def reply(self, path: str, headers: dict[str, str]) -> Reply:
        """The next answer to ``path``."""
        self.asked.append((path, headers))
        answers = self._answers.get(path) or self._answers.get(path.split("?")[0])
        if not answers:
            return Reply(b"not here", status=404, headers={"Content-Type": "text/plain"})
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Reply) else answer(headers)

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    """A web that answers what a test puts there."""
    found = Web()
    yield found
    found.close()


@pytest.fixture
def reply() -> type[Reply]:
    """The class of the answers of ``web``."""
    return Reply
