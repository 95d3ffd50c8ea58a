"""The editors' desk: this site's mark, nothing of what is not used, and two editors at once."""

from __future__ import annotations

import json
import re

import pytest
from django.apps import apps
from django.test import Client


@pytest.fixture
def practice(author):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    made = apps.get_model("practices", "Practice").objects.create(title="Une cantine", locale=locale, live=False)
    made.save_revision()
    return made


def form_of(practice, title: str, loaded) -> dict[str, str]:
    """The form of the desk as a browser sends it."""
    sets = {
        f"{prefix}-{part}": value
        for prefix in ("partners", "impacts")
        for part, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"))
    }
    return sets | {
        "title": title,
        "licence": "etalab-2.0",
        "story-count": "0",
        "loaded_revision_id": str(loaded.pk),
        "loaded_revision_created_at": loaded.created_at.isoformat(),
    }


@pytest.mark.parametrize("role", ["moderator", "editor", "administrator"])
def test_the_desk_has_our_mark_and_no_pages_nor_help(with_role, role: str) -> None:
    page = with_role(role).get("/admin/").content.decode()
    assert "desk-mark" in page
    assert "Bureau des rédacteurs" in page
    assert "icon-wagtail" not in page
    for unused in ('href="/admin/pages/', "PageExplorerMenuItem", "guide.wagtail.org"):
        assert unused not in page


def test_the_second_of_two_editors_is_told(practice, with_role) -> None:
    first, second = with_role("editor", "premiere"), with_role("editor", "seconde")
    path = f"/admin/snippets/practices/practice/edit/{practice.pk}/"
    first.get(path)
    ping = re.search(r'"(/admin/editing-sessions/ping/[^"]+)"', second.get(path).content.decode())
    assert ping is not None
    told = json.loads(second.post(ping[1]).content)
    assert "premiere" in told["html"]
    first.post(path, form_of(practice, "De la première", practice.latest_revision))
    told = json.loads(second.post(ping[1], {"revision_id": practice.latest_revision.pk}).content)
    assert told["other_sessions"][0]["revision_id"] is not None  # a newer version is there


def test_neither_of_two_editors_loses_what_they_wrote(practice, with_role) -> None:
    first, second = with_role("editor", "premiere"), with_role("editor", "seconde")
    path = f"/admin/snippets/practices/practice/edit/{practice.pk}/"
    loaded = practice.latest_revision
    assert first.post(path, form_of(practice, "De la première", loaded)).status_code == 302
    late = second.post(path, form_of(practice, "De la seconde", loaded), headers={"accept": "application/json"})
    assert late.status_code == 400
    assert json.loads(late.content)["error_code"] == "invalid_revision"
    practice.refresh_from_db()
    assert practice.latest_revision.content["title"] == "De la première"
    assert second.post(path, form_of(practice, "De la seconde", loaded)).status_code == 302  # knowing it
    titles = [revision.content["title"] for revision in practice.revisions.order_by("pk")]
    assert titles == ["Une cantine", "De la première", "De la seconde"]


def test_what_one_editor_locks_another_does_not_change(practice, with_role) -> None:
    first, second = with_role("editor", "premiere"), with_role("editor", "seconde")
    path = f"/admin/snippets/practices/practice/{{}}/{practice.pk}/"
    assert first.post(path.format("lock")).status_code == 302
    second.post(path.format("edit"), form_of(practice, "Volée", practice.latest_revision))
    assert practice.revisions.count() == 1


def test_what_another_site_posts_to_the_desk_is_refused(practice, with_role) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = with_role("administrator").cookies
    answer = strict.post(f"/admin/snippets/practices/practice/delete/{practice.pk}/")
    assert answer.status_code == 403
    assert apps.get_model("practices", "Practice").objects.filter(pk=practice.pk).exists()


def test_a_practice_is_seen_before_it_is_saved(author, with_role) -> None:
    editor, path = with_role("editor"), "/admin/snippets/practices/practice/preview/"
    sets = {f"{name}-{part}_FORMS": "0" for name in ("partners", "impacts") for part in ("TOTAL", "INITIAL", "MIN_NUM")}
    form = sets | {"title": "Une cantine", "licence": "etalab-2.0", "story-count": "0"}
    assert editor.post(path, form).json()["is_valid"]
    page = editor.get(f"{path}?mode=")
    assert page.status_code == 200
    assert "Une cantine" in page.content.decode()
