"""The client against a web that misbehaves."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, Odd17Error
from odd17.store.connectors.body import Validators
from odd17.store.connectors.http import Client
from odd17.store.connectors.trouble import GaveUp, Offline

FILE = "example.org/a.csv"
ADDRESS = f"https://{FILE}"
CSV = b"code;value\n01001;1\n" * 5000


def test_says_who_asks(web, reply, client, monkeypatch):
    web.put(FILE, reply(b"[]"))
    client.read(ADDRESS)
    assert web.asked[0][1]["user-agent"] == "odd17/test (tests@example.org)"
    monkeypatch.setenv("ODD17_CONTACT", "someone@example.org")
    assert "(someone@example.org)" in Client().agent
    monkeypatch.setenv("ODD17_CONTACT", "a\r\nX-Injected: 1")
    assert "\n" not in Client().agent


def test_a_refusal_for_a_while_is_waited_for_as_asked(web, reply, client, hours):
    web.put(FILE, reply(b"slow", status=429, headers={"Retry-After": "7"}), reply(b"[1]"))
    assert client.read(ADDRESS) == b"[1]"
    assert hours.slept == [7.0]


def test_a_date_in_retry_after_is_waited_for(web, reply, client, hours):
    until = "Wed, 25 Nov 2026 12:00:42 GMT"
    web.put(FILE, reply(b"slow", status=429, headers={"Retry-After": until}), reply(b"[1]"))
    client.read(ADDRESS)
    assert hours.slept == [42.0]


def test_a_refusal_without_a_time_waits_longer_each_time(web, reply, client, hours):
    web.put(FILE, *[reply(status=429)] * 3, reply(b"[1]"))
    assert client.read(ADDRESS) == b"[1]"
    first, second, third = hours.slept
    assert 5 <= first <= 6.25
    assert 20 <= second <= 25
    assert 60 <= third <= 75


def test_hours_of_waiting_are_refused(web, reply, client, hours):
    web.put(FILE, reply(status=429, headers={"Retry-After": "7200"}))
    with pytest.raises(DataError, match="wait 120 minutes"):
        client.read(ADDRESS)
    assert hours.slept == []


def test_a_failure_of_the_server_is_tried_again(web, reply, client):
    web.put(FILE, reply(b"oops", status=500), reply(b"[1]"))
    assert client.read(ADDRESS) == b"[1]"


def test_a_server_that_always_fails_is_given_up(web, reply, client):
    web.put(FILE, reply(b"oops", status=503))
    with pytest.raises(GaveUp, match=r"503 \(5 attempts\)") as error:
        client.read(ADDRESS)
    assert error.value.status == 503
    assert len(web.asked) == 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_other_refusals_are_errors_with_address_and_remedy(web, reply, client, status):
    web.put(FILE, reply(b"no", status=status))
    with pytest.raises(DataError, match=rf"{ADDRESS}: the server answers {status}.*Remedy"):
        client.read(ADDRESS)
    assert len(web.asked) == 1


def test_a_host_is_not_asked_faster_than_it_takes(web, reply, hours):
    client = Client(clock=hours.clock, sleep=hours.sleep, mirror=web.address, limits={"example.org": 30})
    web.put(FILE, reply(b"[]"))
    for _ in range(31):
        client.read(ADDRESS)
    assert hours.slept == [60.0]


def test_a_host_that_is_not_there_is_said_once_and_not_asked_again(hours):
    client = Client(clock=hours.clock, sleep=hours.sleep, mirror="http://127.0.0.1:9")
    for _ in range(2):
        with pytest.raises(Offline, match="cannot be reached"):
            client.read(ADDRESS)
    assert hours.slept == []


def test_a_body_cut_short_is_completed(web, reply, client, tmp_path):
    tag = {"ETag": '"one"', "Accept-Ranges": "bytes"}

    def rest(headers):
        start = int(headers["range"].removeprefix("bytes=").removesuffix("-"))
        assert headers["if-range"] == '"one"'
        return reply(
            CSV[start:], status=206, headers=tag | {"Content-Range": f"bytes {start}-{len(CSV) - 1}/{len(CSV)}"}
        )

    web.put(FILE, reply(CSV, headers=tag, cut=40_000), rest)
    body = client.download(ADDRESS, tmp_path / "part", expected="csv")
    assert (tmp_path / "part").read_bytes() == CSV
    assert body.size == len(CSV)
    assert web.asked[1][1]["range"] == "bytes=40000-"
    assert [path.name for path in tmp_path.iterdir()] == ["part"]


def test_a_body_cut_short_is_begun_again_where_the_server_cannot_continue(web, reply, client, tmp_path):
    web.put(FILE, reply(CSV, headers={"ETag": '"one"'}, cut=40_000), reply(CSV, headers={"ETag": '"two"'}))
    client.download(ADDRESS, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CSV


def test_the_rest_is_not_asked_for_without_a_strong_validator(web, reply, client, tmp_path):
    web.put(FILE, reply(CSV, headers={"ETag": 'W/"weak"'}, cut=40_000), reply(CSV))
    client.download(ADDRESS, tmp_path / "part")
    assert "range" not in web.asked[1][1]
    assert (tmp_path / "part").read_bytes() == CSV


@pytest.mark.parametrize("status", [206, 416])
def test_a_wrong_rest_is_thrown_away(web, reply, client, tmp_path, status):
    wrong = reply(b"xyz", status=status, headers={"Content-Range": "bytes 3-5/6"})
    web.put(FILE, reply(CSV, headers={"ETag": '"one"'}, cut=40_000), wrong, reply(CSV))
    client.download(ADDRESS, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CSV


def test_what_a_killed_run_left_is_completed_by_the_next(web, reply, client, tmp_path, monkeypatch):
    monkeypatch.setattr("odd17.store.connectors.http.DELAYS", ())
    web.put(FILE, reply(CSV, headers={"ETag": '"one"'}, cut=50_000))
    with pytest.raises(GaveUp, match="cut short"):
        client.download(ADDRESS, tmp_path / "part")
    monkeypatch.undo()
    header = {"ETag": '"one"', "Content-Range": f"bytes 50000-{len(CSV) - 1}/{len(CSV)}"}
    web.put(FILE, reply(CSV[50_000:], status=206, headers=header))
    client.download(ADDRESS, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CSV


def test_a_redirect_to_another_host_is_refused_unless_allowed(web, reply, client, tmp_path):
    web.put(FILE, reply(status=302, headers={"Location": "https://elsewhere.example/b.csv"}))
    web.put("elsewhere.example/b.csv", reply(CSV))
    with pytest.raises(DataError, match=r"another host, elsewhere\.example.*hosts"):
        client.download(ADDRESS, tmp_path / "part")
    assert all(not path.startswith("elsewhere") for path, _ in web.asked)
    body = client.download(ADDRESS, tmp_path / "part", hosts=["elsewhere.example"])
    assert body.address == "https://elsewhere.example/b.csv"


def test_a_redirect_on_the_same_host_is_followed_and_a_loop_is_not(web, reply, client):
    web.put(FILE, reply(status=301, headers={"Location": "/b.json"}))
    web.put("example.org/b.json", reply(b"[2]"))
    assert client.read(ADDRESS) == b"[2]"
    web.put("example.org/b.json", reply(status=301, headers={"Location": "/a.csv"}))
    with pytest.raises(DataError, match="redirects"):
        client.read(ADDRESS)


def test_a_redirect_to_an_unsafe_address_is_refused(web, reply, client):
    web.put(FILE, reply(status=301, headers={"Location": "http://example.org/a.csv"}))
    with pytest.raises(DataError, match="unsafe"):
        client.read(ADDRESS)


def test_a_slow_drip_is_not_waited_for(web, reply, client, hours, tmp_path):
    hours.each = 200.0  # every look at the clock finds that minutes have passed
    web.put(FILE, reply(CSV))
    with pytest.raises(GaveUp, match="too slowly"):
        client.download(ADDRESS, tmp_path / "part")


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><title>Maintenance</title>", b"\n<HTML><head><title>Maintenance</title>"]
)
def test_a_web_page_is_not_a_file(web, reply, client, tmp_path, page):
    web.put(FILE, reply(page, headers={"Content-Type": "text/csv"}))
    with pytest.raises(DataError, match=r"web page.*Maintenance"):
        client.download(ADDRESS, tmp_path / "part", expected="csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("expected", "body"), [("zip", b"code;value"), ("csv", b"PK\x03\x04"), ("json", b"code"), ("parquet", b"PK")]
)
def test_another_kind_of_file_is_refused(web, reply, client, tmp_path, expected, body):
    web.put(FILE, reply(body))
    with pytest.raises(DataError, match="does not answer with"):
        client.download(ADDRESS, tmp_path / "part", expected=expected)


def test_a_file_beyond_its_size_is_refused(web, reply, client, tmp_path):
    web.put(FILE, reply(CSV))
    with pytest.raises(DataError, match="are accepted"):
        client.download(ADDRESS, tmp_path / "part", limit=1000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_said_to_be_too_large_is_not_begun(web, reply, client, tmp_path):
    web.put(FILE, reply(CSV, headers={"Content-Length": "9000000000"}, cut=10))
    with pytest.raises(DataError, match="8,583 MB"):
        client.download(ADDRESS, tmp_path / "part")


def test_the_part_of_another_address_is_not_completed(web, reply, client, tmp_path, monkeypatch):
    monkeypatch.setattr("odd17.store.connectors.http.DELAYS", ())
    web.put("example.org/other.csv", reply(CSV, headers={"ETag": '"one"'}, cut=50_000))
    with pytest.raises(GaveUp):
        client.download("https://example.org/other.csv", tmp_path / "part")
    web.put(FILE, reply(CSV))
    client.download(ADDRESS, tmp_path / "part")
    assert "range" not in web.asked[-1][1]
    assert (tmp_path / "part").read_bytes() == CSV


def test_an_empty_file_is_refused(web, reply, client, tmp_path):
    web.put(FILE, reply(b""))
    with pytest.raises(DataError, match="empty file"):
        client.download(ADDRESS, tmp_path / "part")


def test_an_answer_that_unpacks_to_burst_is_refused(web, reply, client):
    bomb = gzip.compress(b"[" + b" " * 60_000_000 + b"]")
    web.put(FILE, reply(bomb, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(DataError, match="unpacks to more than 200 times"):
        client.read(ADDRESS)


def test_a_packed_answer_is_unpacked_and_a_damaged_one_tried_again(web, reply, client):
    packed = gzip.compress(b"[1, 2, 3]")
    gz = {"Content-Encoding": "gzip"}
    web.put(FILE, reply(b"\x1f\x8bgarbage", headers=gz), reply(packed[:-6], headers=gz), reply(packed, headers=gz))
    assert client.read(ADDRESS) == b"[1, 2, 3]"
    assert len(web.asked) == 3


def test_an_unchanged_file_is_not_sent_again(web, reply, client, tmp_path):
    web.put(FILE, reply(status=304))
    known = Validators('"one"', "Wed, 01 Jan 2025 00:00:00 GMT")
    assert client.download(ADDRESS, tmp_path / "part", known=known) is None
    headers = web.asked[0][1]
    assert headers["if-none-match"] == '"one"'
    assert headers["if-modified-since"] == "Wed, 01 Jan 2025 00:00:00 GMT"


def test_a_folder_that_cannot_be_written_to_is_said(web, reply, client, tmp_path: Path):
    web.put(FILE, reply(CSV))
    with pytest.raises(Odd17Error, match="cannot be written to"):
        client.download(ADDRESS, tmp_path / "absent" / "part")


@pytest.mark.parametrize("address", ["ftp://example.org/a", "file:///etc/passwd", "https://", "nothing"])
def test_only_addresses_of_the_web_are_asked(client, address):
    with pytest.raises(DataError, match="not an address"):
        client.read(address)
