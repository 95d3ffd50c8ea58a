"""The index follows what is public: at once, after a crash, and after it was deleted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from odd17.core.practices.query import PracticeQuery, SearchUnavailable
from odd17.workflows.search_practices import PRACTICES


def model(name: str):
    return apps.get_model("practices", name)


@pytest.fixture(autouse=True)
def _none_left(site_home: Path):
    model("Practice").objects.all().delete()
    call_command("practices_index", whole=False)
    yield
    model("Practice").objects.all().delete()


def drafted(title: str, **values):
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    return model("Practice").objects.create(title=title, locale=locale, live=False, **values)


def published(title: str, **values):
    practice = drafted(title, **values)
    practice.save_revision().publish()
    practice.refresh_from_db()
    return practice


def ids(text: str = "") -> set[str]:
    """What the index alone answers, without anybody bringing it up to date."""
    return {hit.id for hit in PRACTICES.search(PracticeQuery(text)).hits}


def test_publication_edition_withdrawal_and_removal_are_followed_at_once() -> None:
    practice = published("Une ruche partagée")
    assert ids("ruche") == {str(practice.pk)}
    practice.title = "Un verger partagé"
    revision = practice.save_revision()
    assert ids("verger") == set()  # a draft
    revision.publish()
    assert ids("ruche") == set()
    assert ids("verger") == {str(practice.pk)}
    practice.unpublish()
    assert ids() == set()
    practice.save_revision().publish()
    assert ids("verger") == {str(practice.pk)}
    practice.delete()
    assert ids() == set()


def test_the_withdrawal_of_a_contact_leaves_nothing_in_the_index(site_home: Path) -> None:
    practice = published("Une ruche partagée")
    contact = model("PracticeContact").objects.create(
        practice=practice, name="Zoé Inventée", email="zoe@example.org", consented=datetime(2026, 1, 1, tzinfo=UTC)
    )
    call_command("practices_index", whole=True, done=lambda _count: None)
    assert ids("Inventée") == set()
    contact.delete()
    assert ids("ruche") == {str(practice.pk)}
    folder = site_home / "search"
    assert not any(b"Invent" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


_KILLED = """
import os, signal, sys
from odd17.web.config.preparation import SETTINGS
os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
import django
django.setup()
from django.apps import apps
from odd17.web.practices import following
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
following.PRACTICES.change = killed
practice = apps.get_model("practices", "Practice").objects.get(pk=int(sys.argv[1]))
if sys.argv[2] == "publish":
    practice.save_revision().publish()
elif sys.argv[2] == "unpublish":
    practice.unpublish()
else:
    practice.delete()
"""


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete"])
def test_a_change_that_a_crash_cuts_short_is_found_again(site_home: Path, act: str) -> None:
    kept = published("Un verger")
    practice = drafted("Une ruche") if act == "publish" else published("Une ruche")
    before = ids()
    done = subprocess.run([sys.executable, "-c", _KILLED, str(practice.pk), act], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    assert ids() == before  # the index was not reached
    call_command("practices_index", whole=False)  # what the next start runs
    expected = {str(kept.pk)} | ({str(practice.pk)} if act == "publish" else set())
    assert ids() == expected


def test_a_search_follows_what_was_brought_in_without_a_signal() -> None:
    following = sys.modules["odd17.web.practices.following"]
    kept = published("Un verger")
    following.find_practices(PracticeQuery())
    changed = sys.modules["odd17.web.practices.version"].practices_changed
    model("Practice").objects.filter(pk=kept.pk).update(title="Une ruche", last_published_at=datetime.now(UTC))
    changed()
    assert ids("ruche") == set()
    assert [hit.id for hit in following.find_practices(PracticeQuery("ruche")).hits] == [str(kept.pk)]


def test_an_index_deleted_is_built_again_by_the_next_search(site_home: Path) -> None:
    following = sys.modules["odd17.web.practices.following"]
    practice = published("Une ruche")
    shutil.rmtree(site_home / "search")
    with pytest.raises(SearchUnavailable):
        ids()
    assert [hit.id for hit in following.find_practices(PracticeQuery()).hits] == [str(practice.pk)]
    assert ids() == {str(practice.pk)}


def test_what_is_published_while_all_is_built_again_is_not_lost() -> None:
    first = published("Un verger")
    cases = sys.modules["odd17.web.practices.selectors"].published_cases

    def slowly():
        yield from cases()
        slowly.late = published("Une ruche")

    PRACTICES.rebuild(slowly())
    assert ids() == {str(first.pk), str(slowly.late.pk)}


def test_the_command_builds_it_again_and_counts(site_home: Path) -> None:
    published("Un verger")
    shutil.rmtree(site_home / "search")
    environment = dict(os.environ) | {"ODD17_HOME": str(site_home), "ODD17_LANG": "fr"}
    done = subprocess.run(
        [sys.executable, "-m", "odd17", "practices", "reindex"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Pratiques dans l’index : 1" in done.stdout.replace("\u202f", " ").replace("\xa0", " ")
    assert len(ids()) == 1
    assert PRACTICES.followed()


def test_a_file_of_synonyms_that_is_wrong_is_named_and_search_goes_on(site_home: Path) -> None:
    practice = published("Un verger")
    own = site_home / "synonyms.yml"
    own.write_text("groups:\n  - [ruche]\n", encoding="utf-8")
    try:
        assert ids("verger") == {str(practice.pk)}
        environment = dict(os.environ) | {"ODD17_HOME": str(site_home), "ODD17_LANG": "fr"}
        command = [sys.executable, "-m", "odd17", "practices", "reindex"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "synonyms.yml" in done.stderr
        assert "2" in done.stderr
    finally:
        own.unlink()
