"""What an alliance does: what awaits each, engagements, the path; each act stays; printed for the next meeting."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from pypdf import PdfReader

Ally = Any  # the class of the fixture ``ally``


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


def today() -> Any:
    return timezone.localdate()


def test_an_engagement_is_made_kept_late_and_changed_with_its_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, lead = three
    late = (today() - timedelta(3)).isoformat()
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=late)
    promise = kept("Promise").get()
    assert "en retard" in officer.get(path)
    event = f"{path}engagements/{promise.pk}/"
    lead.get(event, 403)
    told = {"fate": "changed", "day": today().isoformat(), "due": (today() + timedelta(30)).isoformat()}
    assert "sans raison" in html.unescape(director.post(event, 422, **told, reason="").content.decode())
    director.post(event, **told, reason="une nouvelle trésorière")
    page = officer.get(path)
    assert "modifié d’un commun accord" in page
    assert "une nouvelle trésorière" in page
    future = {"fate": "kept", "day": (today() + timedelta(1)).isoformat()}
    director.post(event, 422, **future)


def awaits(page: str) -> str:
    """The part of a workspace that says what awaits who looks."""
    found = re.search(r'<section class="note" aria-labelledby="due">.*?</section>', page, re.S)
    return found[0] if found else ""


def test_what_awaits_ones_own_organisation_stands_first_and_nobody_elses(
    three: tuple[str, Ally, Ally, Ally], told: Callable[..., dict[str, str]]
) -> None:
    path, officer, director, _lead = three
    late = (today() - timedelta(3)).isoformat()
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=late)
    place = officer.post(f"{path}evaluations/", closes=(today() + timedelta(3)).isoformat()).headers["Location"]
    page = director.get(path)
    assert "Deux jours par mois" in awaits(page)
    assert "réponse de votre organisation" in awaits(page)
    assert "votre réponse est attendue" in page
    assert "Deux jours par mois" not in awaits(officer.get(path))
    director.post(place, **told(4))
    page = director.get(path)
    assert "réponse de votre organisation" not in awaits(page)
    assert "votre réponse est attendue" not in page
    assert "votre réponse est attendue" in officer.get(path)


def test_a_page_of_another_language_has_its_own_punctuation(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    director.post(f"{path}engagements/", means="human", what="Two days", due=today().isoformat())
    director.post(f"{path}engagements/{kept('Promise').get().pk}/", fate="kept", day=today().isoformat())
    page = officer.get(f"/en{path}")
    assert not re.search(r"\w[ \u202f\xa0][:;] ", re.sub(r"<script.*?</script>", "", page, flags=re.S))


def test_where_alliance_stands_is_printed_for_its_members(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=today().isoformat())
    printed = PdfReader(io.BytesIO(officer.client.get(f"{path}suivi.pdf").content))
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    for words in ("Une cantine à plusieurs", "Deux jours par mois", "L’association", "À remplir ensemble"):
        assert words in text
    assert "ally-" not in text
    assert officer.client.get(f"{path}suivi.docx").content[:2] == b"PK"


def test_the_last_stage_asks_for_no_proof_and_the_first_for_no_way_back(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, _director, _lead = three
    assert 'name="reason"' not in officer.get(f"{path}chemin/")
    day = today().isoformat()
    told = {"recognised_by": "Eux", "day": day, "proof_story": "s", "proof_need": "n"}
    officer.post(f"{path}chemin/", **told, to="prototype")
    told = {"recognised_by": "Eux", "day": day, "proof_members": "m", "proof_lessons": "l"}
    officer.post(f"{path}chemin/", **told, to="process")
    page = officer.get(f"{path}chemin/")
    assert 'name="recognised_by"' not in page
    assert 'name="reason"' in page


def test_an_engagement_taken_back_stays_in_the_history_with_its_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    director.post(f"{path}engagements/", means="human", what="Deux jours par mois", due=today().isoformat())
    event = f"{path}engagements/{kept('Promise').get().pk}/"
    taken_back = {"fate": "ended", "day": today().isoformat()}
    director.post(event, 422, **taken_back, reason=" ")
    director.post(event, **taken_back, reason="le poste n’est plus financé")
    director.post(f"{event}retirer/", 404)  # nothing takes it away
    page = officer.get(path)
    for words in ("Deux jours par mois", "abandonné", "le poste n’est plus financé", "ally-director"):
        assert words in page
    assert event not in page  # nothing more can happen to it
    act = kept("PromiseEvent").get()
    act.reason = "autre"
    with pytest.raises(TypeError, match="not changed"):
        act.save()


def test_what_was_recorded_is_not_changed(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, _director, _lead = three
    officer.post(f"{path}dialogues/", day=today().isoformat(), present="Nous", agenda="A", decisions="D")
    dialogue = kept("Dialogue").get()
    dialogue.decisions = "other"
    with pytest.raises(TypeError, match="not changed"):
        dialogue.save()


def test_the_path_is_walked_with_proof_and_back_with_a_reason(three: tuple[str, Ally, Ally, Ally]) -> None:
    path, officer, director, _lead = three
    day = today().isoformat()
    officer.post(f"{path}chemin/", 422, to="process", day=day)
    officer.post(f"{path}chemin/", 422, to="prototype", day=day, proof_story="s")
    told = {"to": "prototype", "day": day, "proof_story": "s", "proof_need": "n", "recognised_by": "Des praticiens"}
    officer.post(f"{path}chemin/", 422, **{**told, "day": "not a day"})
    officer.post(f"{path}chemin/", **told)
    assert "reconnu par Des praticiens" in officer.get(path)
    director.post(f"{path}chemin/", 422, to="concept", day=day)
    director.post(f"{path}chemin/", to="concept", day=day, reason="le besoin était mal lu")
    assert kept("PathStep").count() == 2


def test_where_no_figure_of_the_release_can_be_compared_yet_it_is_said_before_choosing(
    three: tuple[str, Ally, Ally, Ally],
) -> None:
    path, officer, _director, _lead = three
    page = officer.get(f"{path}territoire/")  # the shipped release has one period of each indicator
    assert "rien ne peut encore être comparé" in page
    assert "choisissez ceux qui en ont plusieurs" not in page
