"""Evaluation by the partners: answered blind, read together, printed with names and without."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
from django.apps import apps
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

Ally = Any  # the class of the fixture ``ally``


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> Any:
    return timezone.localdate()


def test_partners_answer_blind_and_read_together(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, lead = three
    mail.outbox.clear()
    reply = officer.post(f"{path}evaluations/", closes=(today() + timedelta(10)).isoformat())
    place = reply.headers["Location"]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        person.account.email for person in (officer, director, lead)
    )
    officer.post(place, **told(5))
    director.post(place, **told(1))
    for person in (officer, director, lead):
        page = person.get(place)
        assert "Un récit" not in page
        assert "mot 5" not in page
        assert "N’ont pas répondu" not in page
        person.get(f"{place}rapport-avec-noms.pdf", 404)
    assert "mot 1" not in " ".join(message.body for message in mail.outbox)
    lead.post(place, **told(3))
    page = lead.get(place)
    assert "Vous différez : de 1 à 5" in page.replace("\u202f", " ")
    assert all(f"Un récit {mark}" in page for mark in (5, 1, 3))


def test_what_partners_said_is_printed_with_names_and_without(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(10)).isoformat()).headers["Location"]
    for person, mark in ((officer, 5), (director, 1), (lead, 3)):
        person.post(place, **told(mark))
    named = PdfReader(io.BytesIO(officer.client.get(f"{place}rapport-avec-noms.pdf").content))
    assert "L’association" in " ".join(page.extract_text() for page in named.pages)
    written = docx.Document(io.BytesIO(officer.client.get(f"{place}rapport-sans-noms.docx").content))
    text = " ".join([paragraph.text for paragraph in written.paragraphs]
                    + [cell.text for table in written.tables for row in table.rows for cell in row.cells])  # fmt: skip
    assert "Partenaire 1" in text
    for name in ("L’association", "L’entreprise", "La commune"):
        assert name not in text


def test_a_round_opens_after_its_day_and_says_who_did_not_answer(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, _director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(1)).isoformat()).headers["Location"]
    officer.post(place, **told(4))
    kept("Evaluation").update(closes=today() - timedelta(1))
    page = officer.get(place)
    assert "N’ont pas répondu" in page
    assert "L’association" in page


def test_a_partner_dissolved_in_the_middle_is_no_longer_waited_for(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    director.post(f"{path}engagements/", means="human", what="Du temps", due=(today() + timedelta(9)).isoformat())
    for person, mark in ((officer, 4), (director, 2)):
        person.post(place, **told(mark))
    officer.post(f"{path}partenaires/{kept('Partner').get(name='L’entreprise').pk}/partir/", why="dissoute")
    assert "Un récit 2" in officer.get(place)
    officer.post(f"{path}partenaires/{kept('Partner').get(name='L’association').pk}/partir/", why="retirée")
    page = officer.get(path)
    assert "abandonné" in page
    assert "Un récit 2" in officer.get(place)  # what was said stays
    director.get(place, 404)


def test_a_stage_asks_for_its_own_evidence(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, _director, _lead = three
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(9)).isoformat()).headers["Location"]
    reply = officer.post(place, 422, **{**told(4), "story": " "})
    assert "un récit est demandé" in html.unescape(reply.content.decode())
    officer.post(place, 422, **{**told(4), "mark_trust": "9"})
    officer.post(place, **told(4))
    officer.post(place, 422, **told(1))  # otherwise: the first stands
    assert kept("EvaluationAnswer").get().content["claims"]["trust"]["mark"] == 4
