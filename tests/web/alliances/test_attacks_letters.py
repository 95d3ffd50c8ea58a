"""Letters that no file can hold, typed by one person, break no feed and no document of everybody."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

UNWRITABLE = "\x01\x08\x0b\x0c\x1f\ufffe\uffff"
UNSET = "😀漢"
"""Which the typefaces lack: a PDF for everybody may hold none."""


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days)).isoformat()


def test_a_call_with_letters_that_no_xml_can_hold_leaves_the_feed_of_all_calls_whole(three: Any, client: Any) -> None:
    path, officer, *_others = three
    call = {
        "title": f"Cherche{UNWRITABLE}cuisine", "need": f"Une{UNWRITABLE}cuisine.", "signed": f"La{UNWRITABLE}commune",
        "territory": "COM-35238", "domains": ["education"], "kinds": ["company"], "once": "y" * 20, "until": later(30),
    }  # fmt: skip
    officer.post(f"{path}appels/nouveau/", **call)
    answer = client.get("/appels/flux.xml")
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    titles = [one.text for one in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Cherchecuisine" in titles


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_an_answer_with_such_letters_is_printed_without_them(three: Any, told: Any, form: str) -> None:
    path, *people = three
    place = people[0].post(f"{path}evaluations/", closes=later(9)).headers["Location"]
    for person in people:
        person.post(place, **told(3, story=f"Un{UNWRITABLE}récit {UNSET}"))
    reply = people[1].client.get(f"{place}rapport-avec-noms.{form}")
    assert reply.status_code == 200
    if form == "docx":
        words = zipfile.ZipFile(io.BytesIO(reply.content)).read("word/document.xml").decode()
        assert "Unrécit" in words
