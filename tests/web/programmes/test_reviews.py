"""Reviews of a programme that people run: published by two, never altered, corrected later, read as of a day."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

Runner = Any  # the class of the fixture ``runner``


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


def totals(page: str) -> list[int]:
    told = page.split('<dl class="profile">')[1].split("</dl>")[0]
    return [int(part.split("</dd>")[0]) for part in told.split("<dd>")[1:]]


def test_two_reviews_are_read_as_of_three_dates(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    first = owner.draft(path, level_1="satisfactory", level_2="explained_delay", reason_2="La sécheresse")
    other.publish(first)
    second = other.draft(path, day="2024-09-01", level_2="very_satisfactory", evidence_2="/pratiques/")
    owner.publish(second)
    before, between, after = (owner.get(f"{path}?au={day}") for day in ("2024-05-31", "2024-06-01", "2024-09-01"))
    assert "Aucun bilan n’était publié" in before
    assert "La sécheresse" in between
    assert "La sécheresse" not in after
    assert totals(between) == [0, 1, 1, 0, 1]
    assert totals(after) == [1, 1, 0, 0, 1]
    changed = owner.get(f"{path}changements/?de=2024-06-01&a=2024-09-01")
    assert changed.count('mesures/2/"') == 1
    assert 'mesures/1/"' not in changed
    assert 'href="/pratiques/"' in owner.get(f"{path}mesures/2/")
    assert 'href="javascript' not in owner.get(f"{path}mesures/3/")
    stream = owner.get(f"{path}chantiers/w1/?au=2024-06-01").split("<main")[1]
    assert "Planter" in stream
    assert "Compter" not in stream


def test_who_wrote_a_draft_does_not_publish_it(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory")
    owner.publish(location)
    review = kept("ProgrammeReview").get()
    assert review.published is None
    assert "Aucun bilan" in owner.get(path)  # a draft is nobody's state
    other.publish(location)
    other.publish(location)  # twice is once
    review.refresh_from_db()
    assert (review.by, review.published_by) == (owner.account, other.account)


def test_one_person_is_enough_where_the_programme_says_so(runner: Callable[[str], Runner]) -> None:
    alone = runner("alone")
    path = alone.begin(two="").headers["Location"].removesuffix("gerer/")
    alone.publish(alone.draft(path, level_1="satisfactory"))
    assert kept("ProgrammeReview").get().published is not None


def test_a_published_review_is_never_altered_and_a_new_one_corrects_it(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory")
    other.publish(location)
    review = kept("ProgrammeReview").get()
    review.note = "autre"
    with pytest.raises(TypeError, match="not altered"):
        review.save()
    with pytest.raises(TypeError, match="not altered"):
        review.delete()
    owner.get(location, 404)
    owner.post(location, 404, day="2024-06-01", level_1="very_satisfactory")
    fixed = owner.draft(
        path, day="2024-07-01", corrects=str(review.pk), level_1="called_into_question", reason_1="erreur"
    )
    other.publish(fixed)
    assert totals(owner.get(f"{path}?au=2024-06-30")) == [0, 1, 0, 0, 2]
    page = owner.get(f"{path}?au=2024-07-01")
    assert totals(page) == [0, 0, 0, 1, 2]
    assert "Il corrige celui du 1 juin 2024" in page.replace("1er", "1")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"level_1": "explained_delay"}, "sans raison"),
        ({"level_1": "called_into_question", "reason_1": "  "}, "sans raison"),
        ({"level_1": "satisfactory", "day": "2199-01-01"}, "futur"),
        ({"level_1": "satisfactory", "day": "2023-12-31"}, "avant"),
        ({"level_1": "satisfactory", "day": "9999-01-01"}, "2020-10-17"),
        ({"level_1": "satisfactory", "day": "hier"}, "date valide"),
        ({}, "ne dit rien"),
        ({"reason_1": "pluie"}, "avec sa raison"),
        ({"level_1": "satisfactory", "evidence_1": "javascript:alert(1)"}, "adresses"),
        ({"level_1": "satisfactory", "evidence_1": "/pratiques/999999-rien/"}, "pas cette page pour tout le monde"),
        ({"level_1": "satisfactory", "evidence_1": "/nulle/part/"}, "pas cette page pour tout le monde"),
        ({"level_1": "satisfactory", "evidence_1": "/indicateurs/aucun/"}, "pas cette page pour tout le monde"),
        ({"level_1": "explained_delay", "level_2": "called_into_question"}, "mesure 2 : ce niveau"),
        ({"level_1": "parfait"}, "choix valide"),
        ({"level_1": "satisfactory", "corrects": "999999"}, "choix valide"),
    ],
)
def test_a_review_that_cannot_stand_is_refused_and_keeps_what_was_typed(
    two: tuple[str, Runner, Runner], told: dict[str, str], words: str
) -> None:
    path, owner, _other = two
    page = owner.draft(path, status=422, note="mes mots", **told)
    assert words in page.replace("\u202f", " ")
    assert "mes mots" in page
    assert not kept("ProgrammeReview").exists()


def test_of_two_who_save_a_draft_the_second_is_told_and_loses_nothing(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory")
    told = {"day": "2024-06-01", "version": "1", "level_1": "satisfactory"}
    owner.post(location, **told, note="les mots du premier")
    reply = other.post(location, 409, **told, note="les mots du second")
    page = html.unescape(reply.content.decode())
    assert "les mots du premier" in page
    assert "les mots du second" in page
    assert 'name="version" value="2"' in page
    other.post(location, **told | {"version": "2"}, note="les mots du second")
    assert kept("ProgrammeReview").get().note == "les mots du second"


def test_a_draft_changed_since_it_was_read_is_not_published(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory")
    owner.post(location, day="2024-06-01", version="1", level_1="very_satisfactory")
    other.post(f"{location}publier/", version="1")
    assert kept("ProgrammeReview").get().published is None


def test_what_is_typed_on_a_draft_published_meanwhile_becomes_a_new_one(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory")
    other.publish(location)
    owner.get(location, 404)
    assert kept("ProgrammeReview").count() == 1


def test_an_address_given_before_stays_and_is_marked_once_it_leads_nowhere(
    two: tuple[str, Runner, Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, owner, other = two
    location = owner.draft(path, level_1="satisfactory", evidence_1="/pratiques/")
    monkeypatch.setattr("odd17.web.programmes.evidence_shown._is_page", lambda _address: False)
    told = {"day": "2024-06-01", "version": "1", "level_1": "satisfactory"}
    owner.post(location, **told, evidence_1="/pratiques/")
    owner.post(location, 422, **told | {"version": "2"}, evidence_1="/pratiques/ /domaines/")
    other.publish(location)
    page = owner.get(f"{path}mesures/1/")
    assert "une page qui n’est plus là" in page
    assert 'href="/pratiques/" rel="nofollow' not in page


def test_a_day_is_a_day_of_paris(two: tuple[str, Runner, Runner]) -> None:
    path, owner, _other = two
    owner.draft(path, day=str(timezone.localdate()), level_1="satisfactory")
    assert kept("ProgrammeReview").count() == 1
