"""``odd17 serve``: builds what is missing, prints its address, answers, and starts again quickly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from odd17.workflows.build_release import build_release

ODD17 = Path(sys.executable).with_name("odd17")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator[str]:
    """What the command printed once the site answers; the server is stopped afterwards."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ODD17_", "DJANGO_"))}
    server = subprocess.Popen(
        [ODD17, "serve", "--port", str(port)],
        env=environment
        | {"ODD17_HOME": str(home), "ODD17_PULL": "off", "ODD17_DEMONSTRATION": "off", "ODD17_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        printed = ""
        while "answers at" not in printed:
            line = server.stdout.readline()
            assert line, printed
            printed += line
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=60).close()
                break
            except OSError:
                time.sleep(0.1)
        yield printed
    finally:
        # to the server alone, as a supervisor does; its output ends with the last of its processes, drawing included
        server.terminate()
        try:
            server.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            raise


def get(port: int, path: str) -> tuple[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.read().decode(), answer.headers["Content-Security-Policy"]


def test_serve_prepares_everything_then_answers(tmp_path: Path) -> None:
    build_release(home=tmp_path)  # without maps, which take time to draw
    port = free_port()
    with serving(tmp_path, port) as printed:
        assert f"http://127.0.0.1:{port}" in printed
        page, policy = get(port, "/territoires/REG-53-bretagne/")
        assert "Bretagne" in page
        assert policy.startswith("default-src 'self'")
        assert "<svg" in get(port, "/cartes/REG/territories/")[0]  # drawn now: the server has a drawing process
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "--paper" in get(port, style)[0]
    assert (tmp_path / "odd17.sqlite3").is_file()
    assert (tmp_path / "secret_key").is_file()
    collected = (tmp_path / "static" / "collected").stat().st_mtime_ns
    with serving(tmp_path, port) as printed:
        assert "building" not in printed
    assert (tmp_path / "static" / "collected").stat().st_mtime_ns == collected


def test_serve_builds_the_release_where_there_is_none(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as printed:
        assert "building the one of the shipped data" in printed
        assert "Bretagne" in get(port, "/")[0]
    assert (tmp_path / "releases" / "CURRENT").is_file()


def test_serve_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [ODD17, "serve", "--port", str(taken.getsockname()[1])],
            env=os.environ | {"ODD17_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "--port" in done.stderr


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_serve_refuses_what_is_not_a_port(port: str) -> None:
    done = subprocess.run([ODD17, "serve", "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 2
