"""Documents of an alliance: what is taken, who reads them, what stays when they are taken away."""

from __future__ import annotations

import html
import io
import zipfile
import zlib
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


def documents() -> Any:
    return apps.get_model("alliances", "AllianceDocument").objects


def picture(form: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, form)
    return made.getvalue()


def bomb() -> bytes:
    """A small PNG that says that it is 60,000 by 60,000 pixels."""
    whole = bytearray(picture())
    whole[16:24] = (60_000).to_bytes(4, "big") * 2
    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    return bytes(whole)


def archive(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as put:
        if mimetype:
            put.writestr("mimetype", mimetype)
        for name in names:
            put.writestr(name, "<x/>")
    return made.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
OPEN = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


def put(who: Any, path: str, name: str, content: bytes, status: int = 302, about: str = "La convention") -> Any:
    file = SimpleUploadedFile(name, content)
    return who.post(f"{path}documents/", status, file=file, about=about)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.png", picture()),
        ("a.jpg", picture("JPEG")),
        ("a.docx", WORD),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.odt", OPEN),
    ],
)
def test_documents_are_put_listed_and_given_to_members(three: Any, name: str, content: bytes) -> None:
    path, officer, director, _lead = three
    put(director, path, name, content)
    kept = documents().get()
    page = officer.get(f"{path}documents/")
    for word in (name, "La convention", "L’association", "ally-director"):
        assert word in page
    assert name in officer.get(path)
    reply = officer.client.get(f"{path}documents/{kept.pk}/")
    given = b"".join(reply.streaming_content)
    assert given == content or name.endswith(("png", "jpg"))  # a picture is drawn anew
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in reply.headers["Cache-Control"]
    assert "sandbox" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ" + bytes(200)),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.pdf", b"<html>%PDF-"),
        ("a.pdf", PDF.replace(b"%%EOF", b"")),
        ("a.pdf", WORD),
        ("a.docx", OPEN),
        ("a.docx", PDF),
        ("a.docx", WORD[:60]),
        ("a.zip", archive("a.txt")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.odt", archive("Basic/Standard/a.xml", mimetype="application/vnd.oasis.opendocument.text")),
        ("a.png", bomb()),
        ("a.png", b""),
        ("a.png", picture("JPEG")),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(three: Any, name: str, content: bytes) -> None:
    path, officer, _director, _lead = three
    reply = put(officer, path, name, content, 422)
    assert 'role="alert"' in reply.content.decode()
    assert "La convention" in html.unescape(reply.content.decode())  # what was typed is there still
    assert not documents().exists()


def test_too_large_a_file_is_cut_off_while_it_comes(three: Any) -> None:
    path, officer, _director, _lead = three
    reply = put(officer, path, "a.pdf", PDF + bytes(12 * 2**20), 413)
    assert "10 Mo" in html.unescape(reply.content.decode())
    assert not documents().exists()


def test_the_same_file_twice_is_one_document(three: Any) -> None:
    path, officer, director, _lead = three
    put(officer, path, "a.pdf", PDF)
    put(director, path, "b.pdf", PDF)
    assert documents().count() == 1


def test_a_name_of_another_folder_stays_a_name(three: Any) -> None:
    path, officer, _director, _lead = three
    put(officer, path, "..\\..\\etc\\<b>passwd.pdf", PDF)
    assert documents().get().name == "b-passwd.pdf"


def test_nobody_but_members_is_given_a_document(three: Any, ally: Any, client: Any) -> None:
    path, officer, director, _lead = three
    put(officer, path, "a.pdf", PDF)
    place = f"{path}documents/{documents().get().pk}/"
    stranger = ally("stranger")
    other = stranger.begin("B")
    for address in (place, f"{path}documents/", f"{other}documents/{documents().get().pk}/"):
        stranger.get(address, 404)
    stranger.post(f"{place}retirer/", 404)
    assert client.get(place).status_code == 302
    director.post(f"{path}partir/")
    director.get(place, 404)
    assert client.get(f"/media/{documents().get().file.name}").status_code == 404


def test_a_document_taken_away_leaves_its_trace(three: Any) -> None:
    path, officer, director, lead = three
    put(director, path, "a.pdf", PDF)
    kept = documents().get()
    place = f"{path}documents/{kept.pk}/"
    lead.post(f"{place}retirer/", 403)  # of another partner, and no steward
    director.post(f"{place}retirer/")
    officer.post(f"{place}retirer/")  # a second time changes nothing
    officer.get(place, 404)
    assert not kept.file.storage.exists(kept.file.name)
    page = officer.get(f"{path}documents/")
    assert "a.pdf" in page
    assert "par ally-director" in page
    assert "a.pdf" not in officer.get(path)
    put(director, path, "a.pdf", PDF)  # it may come back
    assert documents().count() == 2


def test_an_erased_person_leaves_the_document_without_the_name(three: Any) -> None:
    path, officer, director, _lead = three
    put(director, path, "a.pdf", PDF)
    from odd17.web.accounts.services import account_erase  # noqa: PLC0415 - needs the settings, there only now

    account_erase(account=director.account)
    page = officer.get(f"{path}documents/")
    assert "a.pdf" in page
    assert "une personne qui est partie" in page
    assert "ally-director" not in page
