"""What editors send at the desk: taken as text, refused where it is no resource, and never able to break a feed."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

ADD = "/admin/snippets/library/resource/add/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _none_left(author):
    clear()
    yield
    clear()


def clear() -> None:
    apps.get_model("library", "Resource").objects.all().delete()
    apps.get_model("library", "RemovedResource").objects.all().delete()
    apps.get_model("wagtaildocs", "Document").objects.all().delete()
    call_command("library_index", whole=False)


def rich(*paragraphs: str, link: str = "") -> str:
    """A text as the desk's editor sends it; its first paragraph leads to ``link``."""
    blocks = [
        {"key": f"k{at}", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [], "entityRanges": []}
        for at, text in enumerate(paragraphs)
    ]
    if link:
        blocks[0]["entityRanges"] = [{"key": 0, "offset": 0, "length": len(paragraphs[0])}]
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link}}} if link else {}
    return json.dumps({"blocks": blocks, "entityMap": entities})


def sent(editor: Client, **values: object):
    """The answer to a form of a new resource, to be published at once."""
    form = {
        "title": "Un guide", "kind": "document", "summary": "", "text": rich(""), "link": "", "file": "",
        "kit-count": "0", "stage": "", "producer": "", "collection": "", "licence": "", "day": "", "years": "",
        "sources": "", "action-publish": "action-publish",
    }  # fmt: skip
    return editor.post(ADD, form | values)


def only():
    """The one resource there is."""
    return apps.get_model("library", "Resource").objects.get()


def test_a_program_in_any_field_stays_words(client: Client, with_role) -> None:
    told = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    given = dict.fromkeys(("title", "summary", "producer", "collection", "sources"), told)
    axis = {
        "kit-count": "1", "kit-0-deleted": "", "kit-0-order": "0", "kit-0-type": "method", "kit-0-id": "",
        "kit-0-value-text": rich(told, link="javascript:alert(2)"),
        "kit-0-value-resources-count": "0", "kit-0-value-practices-count": "0", "kit-0-value-links-count": "1",
        "kit-0-value-links-0-deleted": "", "kit-0-value-links-0-order": "0", "kit-0-value-links-0-id": "",
        "kit-0-value-links-0-value-label": told, "kit-0-value-links-0-value-address": "/fil/",
    }  # fmt: skip
    text = rich(told, link="javascript:alert(3)")
    answer = sent(with_role("editor"), kind="kit", text=text, **given, **axis)
    assert answer.status_code == 302
    for path in (only().get_absolute_url(), "/ressources/", "/ressources/?q=alert", "/recherche/?q=alert"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src" not in page
        assert 'href="javascript' not in page
    assert "&lt;script&gt;alert" in client.get(only().get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"title": "a" * 201},
        {"summary": "a" * 1001},
        {"link": "javascript:alert(1)"},
        {"link": "/\\example.org"},
        {"link": "data:text/html,a"},
        {"kind": "poster"},
        {"goals": ["18"]},
        {"day": "31/02/2026"},
        {"years": "demain"},
        {"file": "999999"},
    ],
)
def test_what_is_no_resource_is_refused_and_nothing_is_kept(with_role, values: dict) -> None:
    answer = sent(with_role("editor"), **values)
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not apps.get_model("library", "Resource").objects.exists()


def test_letters_that_no_feed_can_hold_do_not_break_it(client: Client, with_role) -> None:
    sent(with_role("editor"), title="Un\x0bguide\x1b", summary="Des\x08mots", producer="Une\x02maison")
    assert only().live
    for format in ("rss", "atom"):
        for asked in ("", "?q=%0Bguide", "?producteur=Une%02maison&genre=%0B"):
            answer = client.get(f"/ressources/flux/{format}/{asked}")
            assert answer.status_code == 200
            ElementTree.fromstring(answer.content)  # noqa: S314 - of our own making


def test_the_desk_lists_kinds_in_words_and_narrows_by_them(with_role) -> None:
    editor = with_role("editor")
    sent(editor, title="Une lettre", kind="bulletin")
    sent(editor, title="Un brouillon", kind="webinar", **{"action-publish": ""})
    page = editor.get("/admin/snippets/library/resource/").content.decode()
    assert "Bulletin de veille" in page
    assert ">bulletin<" not in page
    page = editor.get("/admin/snippets/library/resource/?kind=webinar").content.decode()
    assert "Un brouillon" in page
    assert "Une lettre" not in page
    assert "/admin/documents/" in editor.get("/admin/").content.decode()


def test_an_editor_sees_a_kit_before_it_is_public(with_role) -> None:
    editor = with_role("editor")
    form = {
        "title": "Un kit", "kind": "kit", "summary": "Quatre axes.", "text": rich("Dire."), "link": "", "file": "",
        "kit-count": "0", "stage": "", "producer": "", "collection": "", "licence": "", "day": "", "years": "",
        "sources": "",
    }  # fmt: skip
    assert editor.post("/admin/snippets/library/resource/preview/", form).json()["is_valid"]
    page = editor.get("/admin/snippets/library/resource/preview/?mode=").content.decode()
    assert "Aperçu" in page
    assert "Le kit, sur ses quatre axes" in page
    assert not apps.get_model("library", "Resource").objects.exists()


def test_each_page_of_the_desk_about_a_resource_answers(with_role) -> None:
    editor = with_role("editor")
    sent(editor)
    resource = only()
    form = {
        "title": "Un autre titre", "kind": "news", "summary": "", "text": rich("Dire."), "link": "", "file": "",
        "kit-count": "0", "stage": "", "producer": "", "collection": "", "licence": "", "day": "", "years": "",
        "sources": "",
    }  # fmt: skip
    base = "/admin/snippets/library/resource"
    assert editor.post(f"{base}/edit/{resource.pk}/", form).status_code == 302
    first, second = (str(one.pk) for one in resource.revisions.order_by("pk"))
    for path in (
        f"edit/{resource.pk}/", f"copy/{resource.pk}/", f"history/{resource.pk}/", f"usage/{resource.pk}/",
        f"history/{resource.pk}/revisions/compare/{first}...{second}/", f"unpublish/{resource.pk}/",
        f"history/{resource.pk}/revisions/{first}/revert/",
    ):  # fmt: skip
        assert editor.get(f"{base}/{path}").status_code == 200, path
    assert only().title == "Un guide"  # what is public waits for publication


def test_a_moderator_proposes_and_does_not_publish(with_role) -> None:
    sent(with_role("moderator"))
    assert not apps.get_model("library", "Resource").objects.filter(live=True).exists()


def test_a_reader_has_no_desk(with_role) -> None:
    assert sent(with_role("", "lectrice")).status_code in (302, 403)
    assert not apps.get_model("library", "Resource").objects.exists()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/admin/documents/add/", "file"),
        ("/admin/documents/multiple/add/", "files[]"),
        ("/admin/documents/chooser/create/", "document-chooser-upload-file"),
    ],
)
@pytest.mark.parametrize("wrong", ["lying", "oversized"])
def test_no_way_in_takes_a_file_that_lies_or_is_too_large(with_role, address, field, wrong) -> None:
    content = b"<html><script>alert(1)</script>" if wrong == "lying" else PDF[:-7] + b" " * 1000 + b"\n%%EOF\n"
    root = apps.get_model("wagtailcore", "Collection").get_first_root_node().pk
    given = {"title": "a", "collection": root, "tags": "", "document-chooser-upload-title": "a",
             "document-chooser-upload-collection": root, "document-chooser-upload-tags": ""}  # fmt: skip
    editor, documents = with_role("editor"), apps.get_model("wagtaildocs", "Document").objects
    ajax = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    with override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=1000):
        editor.post(address, given | {field: SimpleUploadedFile("a.pdf", content)}, **ajax)
        assert documents.count() == 0
        editor.post(address, given | {field: SimpleUploadedFile("a.pdf", PDF)}, **ajax)
        assert documents.count() == 1
