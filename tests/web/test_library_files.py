"""Documents of the library: taken for what they are, and given out by public resources alone."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_types", "[Content_Types].xml"), content)
    return made.getvalue()


DOCX = packed(_types=b"<a/>", **{"word__document.xml": b"<a/>"})
ODT = packed(mimetype=b"application/vnd.oasis.opendocument.text")


def check(name: str, content: bytes) -> None:
    from odd17.web.library.files import check_document  # noqa: PLC0415 - once Django is set up

    check_document(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("a.docx", DOCX), ("a.odt", ODT), ("a.csv", "é;1\n".encode()), ("a.csv", "é;1".encode("cp1252"))],
)
def test_what_a_file_says_it_is_is_taken(site_home, name: str, content: bytes) -> None:
    check(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.pdf", PDF[:-8]),
        ("a.docx", PDF),
        ("a.docx", ODT),
        ("a.docx", DOCX[:40]),
        ("a.docx", packed(_types=b"", **{"word__document.xml": b"", "word__vbaProject.bin": b"x"})),
        ("a.odt", packed(mimetype=b"text/html")),
        ("a.odt", packed(mimetype=b"application/vnd.oasis.opendocument.text", **{"Basic__a.xml": b""})),
        ("a.csv", b"a\0b"),
        ("a.csv", b"PK\x03\x04\xff"),
        ("a.csv", b""),
        ("a.html", b"<p>a</p>"),
        ("a.svg", b"<svg/>"),
        ("a", PDF),
    ],
)
def test_what_a_file_only_says_it_is_is_refused(site_home, name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        check(name, content)


@pytest.fixture
def resource(author):
    """A draft with a file."""
    document = apps.get_model("wagtaildocs", "Document")(title="Guide")
    document.file.save("guide.pdf", ContentFile(PDF))
    document.save()
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    made = apps.get_model("library", "Resource").objects.create(
        title="Un guide", locale=locale, live=False, file=document
    )
    yield made
    made.delete()
    document.delete()


def test_a_file_is_public_with_its_resource_and_saved_never_shown(client, resource) -> None:
    address = f"/ressources/{resource.pk}/fichier/"
    assert client.get(address).status_code == 404
    assert client.get(resource.file.url).status_code == 404
    resource.save_revision().publish()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(resource.file.url).status_code == 404  # the desk's own address stays the desk's
    resource.refresh_from_db()
    assert address in client.get(resource.get_absolute_url()).content.decode()
    resource.unpublish()
    assert client.get(address).status_code == 404


def test_a_file_that_is_gone_is_a_page_that_says_so(client, resource) -> None:
    resource.save_revision().publish()
    resource.file.file.storage.delete(resource.file.file.name)
    assert client.get(f"/ressources/{resource.pk}/fichier/").status_code == 404


def test_the_desk_opens_its_own_address_as_a_file_to_save(resource, with_role) -> None:
    answer = with_role("editor").get(resource.file.url)
    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_desk_takes_only_what_files_are(with_role) -> None:
    editor = with_role("editor")
    collection = apps.get_model("wagtailcore", "Collection").get_first_root_node()

    def sent(name: str, content: bytes):
        form = {"title": "a", "collection": collection.pk, "tags": "", "file": SimpleUploadedFile(name, content)}
        return editor.post("/admin/documents/add/", form)

    documents = apps.get_model("wagtaildocs", "Document").objects
    assert sent("faux.pdf", b"<html>").status_code == 200
    assert sent("a.html", b"<p>a</p>").status_code == 200
    assert documents.count() == 0
    assert sent("vrai.pdf", PDF).status_code == 302
    assert documents.count() == 1
    documents.all().delete()


def test_a_reader_may_send_nothing(with_role) -> None:
    answer = with_role("", "lectrice").post("/admin/documents/add/", {"title": "a"})
    assert answer.status_code in (302, 403)
    assert apps.get_model("wagtaildocs", "Document").objects.count() == 0
