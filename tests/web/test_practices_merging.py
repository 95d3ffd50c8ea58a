"""Practices that tell the same alliance twice: proposed, compared, merged or told apart by editors alone."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from itertools import combinations
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from odd17.core.practices.duplicates import TITLES, sketch, told
from odd17.core.practices.words import words_of

LIST = "/admin/practices/duplicates/"


def model(name: str):
    return apps.get_model("practices", name)


def written(title: str = "Le rucher partagé du quartier", **values):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    whole = {"title": title, "locale": locale, "live": True, "first_published_at": now, "last_published_at": now}
    practice = model("Practice").objects.create(**whole | values)
    practice.partners.add(model("PracticePartner")(name="Les abeilles"))
    practice.save()
    changed()
    return practice


def changed() -> None:
    from odd17.web.practices.version import practices_changed  # noqa: PLC0415

    practices_changed()


@pytest.fixture(autouse=True)
def _none_left(site_home):
    yield
    model("Practice").objects.all().delete()
    get_user_model().objects.filter(username__startswith="desk-").delete()


def person(role: str) -> Client:
    user = get_user_model().objects.create_user(f"desk-{role}", f"{role}@example.org", "une longue phrase")
    user.groups.set(apps.get_model("auth", "Group").objects.filter(name=role))
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    return browser


@pytest.fixture
def editor(site_home) -> Client:
    return person("editor")


def test_likely_pairs_are_listed_with_their_reasons(editor: Client) -> None:
    one, other = written(), written("Un rucher partagé de quartier", live=False)
    written("La forge")
    page = editor.get(LIST).content.decode()
    assert one.title in page
    assert other.title in page
    assert "La forge" not in page
    assert "les mots de leurs titres" in page
    assert f"{LIST}{one.pk}/{other.pk}/" in page


def compared_anew() -> list[tuple[int, int]]:
    """The pairs that look alike, by comparing every two practices."""
    from odd17.web.practices.duplicates import shared_by  # noqa: PLC0415 - once Django is set up

    found = []
    for one, other in combinations(model("Practice").objects.filter(merged_into=None).order_by("pk"), 2):
        words, others = words_of(one.title), words_of(other.title)
        if (pair := shared_by(one, other)) and len(words & others) >= TITLES * len(words | others):
            found.append((-pair.likeness, one.pk, other.pk))
    return [(first, second) for _likeness, first, second in sorted(found)]


def test_after_each_change_the_pairs_are_those_that_comparing_all_anew_gives(site_home) -> None:
    from odd17.web.practices.duplicates import likely_pairs  # noqa: PLC0415 - once Django is set up
    from odd17.web.practices.merging import practices_merge  # noqa: PLC0415

    def same() -> int:
        found = [(pair.first.pk, pair.second.pk) for pair in likely_pairs()]
        assert found == compared_anew()
        return len(found)

    titles = (
        "Le rucher du quartier",
        "Un rucher de quartier",
        "La forge",
        "Le rucher de la forge",
        "Forges et ruchers",
    )
    made = [written(title, live=number % 2 == 0, summary="Du miel.") for number, title in enumerate(titles)]
    counts = [same()]
    made[2].title = "Les ruchers du quartier"  # what was like nothing is like others
    made[2].save_revision().publish()
    counts.append(same())
    made[0].title, made[2].title = "Tout autre chose", "La forge"  # and the other way, two at once
    for practice in (made[0], made[2]):
        practice.save_revision().publish()
    counts.append(same())
    made[4].unpublish()  # still compared, as a draft
    counts.append(same())
    practices_merge(kept=made[3], other=made[4], user=None)
    counts.append(same())
    made[3].delete()
    written("Le rucher et la forge", summary="Du miel.")
    counts.append(same())
    assert counts == [4, 4, 3, 3, 1, 3]


def test_after_a_change_only_what_changed_is_read(site_home, monkeypatch) -> None:
    from odd17.web.practices import duplicates  # noqa: PLC0415 - once Django is set up

    titles, texts = [], []
    monkeypatch.setattr(duplicates, "sketch", lambda *told: titles.append(told[0]) or sketch(*told))
    monkeypatch.setattr(duplicates, "told", lambda case: texts.append(case.title) or told(case))
    for title in ("Le rucher du quartier", "Un rucher de quartier", "La forge", "Le moulin", "Une fontaine"):
        made = written(title)
    assert len(duplicates.likely_pairs()) == 1
    titles.clear(), texts.clear()
    duplicates.likely_pairs()
    assert (titles, texts) == ([], [])
    made.title = "Les forges"
    made.save_revision().publish()
    assert len(duplicates.likely_pairs()) == 2
    assert (titles, sorted(texts)) == (["Les forges"], ["La forge", "Les forges"])


def test_nobody_waits_for_many_to_be_compared(editor: Client, monkeypatch) -> None:
    from odd17.web.practices import duplicates  # noqa: PLC0415 - once Django is set up

    monkeypatch.setattr(duplicates, "_MUCH", 1)
    one, _other = written(), written()
    assert "Revenez dans une minute" in editor.get(LIST).content.decode()
    for thread in threading.enumerate():
        if thread.name == "duplicates":
            thread.join()
    assert one.title in editor.get(LIST).content.decode()


def test_what_stopped_in_the_middle_is_done_again(site_home, monkeypatch) -> None:
    from odd17.web.practices import duplicates  # noqa: PLC0415 - once Django is set up

    written("Le rucher"), written("Un rucher")
    monkeypatch.setattr(duplicates, "told", mock.Mock(side_effect=OSError("full")))
    with pytest.raises(OSError, match="full"):
        duplicates.likely_pairs()
    monkeypatch.undo()
    assert len(duplicates.likely_pairs()) == 1


def test_two_are_shown_side_by_side(editor: Client) -> None:
    one, other = written(summary="<script>alert(1)</script>"), written(summary="Un autre résumé")
    page = editor.get(f"{LIST}{one.pk}/{other.pk}/").content.decode()
    assert "Un autre résumé" in page
    assert "<script>alert" not in page
    assert "Les abeilles" in page


def test_a_merge_keeps_one_and_leads_the_address_of_the_other_to_it(editor: Client, client: Client) -> None:
    first, one, other = written("Le tout premier"), written(), written("Un rucher partagé de quartier")
    from odd17.web.practices.merging import practices_merge  # noqa: PLC0415

    practices_merge(kept=other, other=first, user=None)
    address = other.get_absolute_url()
    answer = editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)}, follow=True)
    assert "conservée" in answer.content.decode()
    for old in (address, first.get_absolute_url()):  # also what was merged before
        moved = client.get(old)
        assert (moved.status_code, moved.headers["Location"]) == (301, one.get_absolute_url())
    page = client.get(one.get_absolute_url()).content.decode()
    assert f"Fusionnée avec «\u00a0{other.title}\u00a0»" in page
    assert "desk-editor" not in page
    history = editor.get(f"/admin/snippets/practices/practice/history/{one.pk}/").content.decode()
    assert other.title in history
    assert other.title not in editor.get(LIST).content.decode()


def test_who_publishes_it_again_undoes_the_merge(editor: Client, client: Client) -> None:
    one, other = written(), written()
    editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)})
    other.refresh_from_db()
    other.save_revision().publish()
    assert client.get(other.get_absolute_url()).status_code == 200
    other.refresh_from_db()
    assert other.merged_into is None


def test_not_the_same_is_remembered(editor: Client) -> None:
    one, other = written(), written()
    editor.post(f"{LIST}{other.pk}/{one.pk}/decide/", {"keep": "both"})
    assert one.title not in editor.get(LIST).content.decode()
    assert model("Practice").objects.filter(live=True).count() == 2


def test_a_public_practice_never_leads_to_a_draft(editor: Client) -> None:
    one, other = written(live=False), written()
    answer = editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)}, follow=True)
    assert "Une pratique publique" in answer.content.decode()
    other.refresh_from_db()
    assert (other.live, other.merged_into) == (True, None)


def test_the_second_of_two_editors_is_told(editor: Client) -> None:
    one, other = written(), written()
    editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)})
    answer = editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(other.pk)}, follow=True)
    assert "entre-temps" in answer.content.decode()
    one.refresh_from_db()
    assert (one.live, one.merged_into) == (True, None)


@pytest.mark.parametrize("choice", ["", "0", "x", "999999"])
def test_a_choice_that_is_none_changes_nothing(editor: Client, choice: str) -> None:
    one, other = written(), written()
    editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": choice})
    assert model("Practice").objects.filter(live=True, merged_into=None).count() == 2


def test_a_practice_is_not_merged_with_itself(editor: Client) -> None:
    one = written()
    editor.post(f"{LIST}{one.pk}/{one.pk}/decide/", {"keep": str(one.pk)})
    one.refresh_from_db()
    assert (one.live, one.merged_into) == (True, None)


def test_only_editors_decide(site_home) -> None:
    one, other = written(), written()
    moderator, reader = person("moderator"), person("")
    addresses = (LIST, f"{LIST}{one.pk}/{other.pk}/")
    for address in addresses:
        assert moderator.get(address).status_code == 403
        assert reader.get(address).status_code == 403
        assert Client(SERVER_NAME="localhost").get(address).status_code == 302
    decide = f"{LIST}{one.pk}/{other.pk}/decide/"
    for browser in (moderator, reader):
        assert browser.post(decide, {"keep": str(one.pk)}).status_code == 403
    assert model("Practice").objects.filter(live=True).count() == 2


def test_a_post_from_elsewhere_is_refused(editor: Client) -> None:
    one, other = written(), written()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)}).status_code == 403
    assert editor.get(f"{LIST}{one.pk}/{other.pk}/decide/").status_code == 405


def test_an_import_leaves_what_was_merged_away(editor: Client) -> None:
    from odd17.core.practices.case import Case  # noqa: PLC0415
    from odd17.web.practices.imports import practices_import  # noqa: PLC0415

    one = written()
    cases = [Case(id="a", title=one.title)]
    practices_import(cases=cases, origin="test", publish=True)
    other = model("Practice").objects.get(origin="test")
    editor.post(f"{LIST}{one.pk}/{other.pk}/decide/", {"keep": str(one.pk)})
    assert practices_import(cases=[Case(id="a", title="Autre")], origin="test", publish=True).gone == 1
    other.refresh_from_db()
    assert not other.live
