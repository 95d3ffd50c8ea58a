"""Bringing practices in: once is enough, editors have the last word, and what was removed stays away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from odd17.core.practices.case import Case, Impact, Partner, Story

ATTACK = "<script>alert(1)</script>"
WHOLE = Case(
    id="a",
    title="Le rucher",
    summary="Des abeilles.",
    story=Story(need="Un\nDeux\n\nTrois", results="Du miel"),
    partners=(Partner("Ville", "local_authority", "prête", "732829320"), Partner("Club", doubtful=True)),
    domains=("environment",),
    goals=("15",),
    territories=("COM-35238",),
    scale="neighbourhood",
    alliance_type="consortium",
    begun=date(2020, 1, 2),
    means={"money": "3 €"},
    impacts=(Impact("trust", "On se parle.", "told"),),
    sources=("un", "deux"),
)


def model(name: str):
    return apps.get_model("practices", name)


def bring(*cases: Case, **options):
    from odd17.web.practices.imports import practices_import  # noqa: PLC0415

    return practices_import(cases=cases, origin="test", **options)


def counts(done) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "published", "gone", "edited_count")
    return {name: value for name in names if (value := getattr(done, name))}


def kept():
    return model("Practice").objects.get(origin="test", origin_id="a")


@pytest.fixture(autouse=True)
def _none_left(site_home):
    _empty()  # what other tests removed under the same origin would stay away here too
    yield
    _empty()


def _empty() -> None:
    model("Practice").objects.all().delete()
    model("RemovedPractice").objects.all().delete()


def test_a_case_comes_back_as_it_was_brought() -> None:
    from odd17.web.practices.selectors import practice_case  # noqa: PLC0415

    assert counts(bring(WHOLE)) == {"created": 1}
    practice = kept()
    assert (practice.live, practice.first_published_at) == (False, None)
    found = practice_case(practice)
    assert replace(found, id="a", published=None, version="", story=WHOLE.story) == WHOLE
    assert found.story.need.split() == ["Un", "Deux", "Trois"]


def test_a_case_may_be_told_in_english() -> None:
    bring(replace(WHOLE, language="en", title="The apiary"), publish=True)
    assert kept().locale.language_code == "en"


def test_the_same_cases_change_nothing_twice() -> None:
    assert counts(bring(WHOLE, replace(WHOLE, id="b"))) == {"created": 2}
    before = list(model("Practice").objects.order_by("pk").values())
    assert counts(bring(WHOLE, replace(WHOLE, id="b"))) == {"unchanged": 2}
    assert list(model("Practice").objects.order_by("pk").values()) == before
    assert model("PracticePartner").objects.count() == 4


def test_drafts_of_an_import_may_be_published_by_the_next() -> None:
    bring(WHOLE)
    assert counts(bring(WHOLE, publish=True)) == {"unchanged": 1, "published": 1}
    assert kept().live
    assert counts(bring(WHOLE, publish=True)) == {"unchanged": 1}


def test_a_changed_row_renews_its_practice_in_public_and_in_draft(client: Client) -> None:
    bring(WHOLE, publish=True)
    changed = replace(WHOLE, title="Les ruches", partners=(Partner("Autre"),), impacts=())
    assert counts(bring(changed)) == {"updated": 1, "published": 1}
    practice = kept()
    assert (practice.title, practice.partners.get().name, practice.impacts.count()) == ("Les ruches", "Autre", 0)
    assert practice.latest_revision is not None
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Les ruches" in page
    assert "Modifié\u202f: titre, partenaires, ce qui a changé</li>" in page
    assert counts(bring(changed)) == {"unchanged": 1}
    draft = replace(WHOLE, id="d")
    bring(draft)
    assert counts(bring(replace(draft, title="Autre titre"))) == {"updated": 1}
    found = model("Practice").objects.get(origin_id="d")
    assert (found.title, found.live) == ("Autre titre", False)


def test_an_editor_has_the_last_word() -> None:
    bring(WHOLE, publish=True)
    practice = kept()
    practice.summary = "Relu par une personne."
    practice.save_revision().publish()
    done = bring(replace(WHOLE, title="Les ruches"))
    assert counts(done) == {"edited_count": 1}
    assert done.edited == [("a", "Le rucher")]
    assert (kept().title, kept().summary) == ("Le rucher", "Relu par une personne.")


def test_an_editors_draft_is_an_edit_too() -> None:
    bring(WHOLE, publish=True)
    practice = kept()
    practice.summary = "Brouillon."
    practice.save_revision()
    assert counts(bring(replace(WHOLE, title="Les ruches"))) == {"edited_count": 1}
    assert kept().title == "Le rucher"
    assert kept().get_latest_revision_as_object().summary == "Brouillon."


def test_a_change_of_partners_is_an_edit_too() -> None:
    bring(WHOLE, publish=True)
    practice = kept()
    practice.partners.set([model("PracticePartner")(name="Une amie")])
    practice.save_revision().publish()
    assert counts(bring(replace(WHOLE, title="Les ruches"))) == {"edited_count": 1}


def test_what_was_removed_does_not_come_back() -> None:
    bring(WHOLE, publish=True)
    kept().delete()
    assert counts(bring(WHOLE, publish=True)) == {"gone": 1}
    assert not model("Practice").objects.filter(origin="test").exists()


def test_what_was_withdrawn_stays_withdrawn() -> None:
    bring(WHOLE, publish=True)
    kept().unpublish()
    assert counts(bring(WHOLE, publish=True)) == {"unchanged": 1}
    assert not kept().live


def test_a_trial_writes_nothing() -> None:
    bring(WHOLE, publish=True)
    changed = replace(WHOLE, title="Les ruches")
    done = bring(changed, replace(WHOLE, id="b"), publish=True, dry_run=True)
    assert counts(done) == {"created": 1, "updated": 1}
    assert (kept().title, model("Practice").objects.count()) == ("Le rucher", 1)


def test_marks_stay_text_on_the_page(client: Client) -> None:
    whole = replace(
        WHOLE,
        title=ATTACK, summary=ATTACK, story=Story(*[f"{ATTACK}\n\n<b>gras</b> & javascript:alert(1)"] * 5),
        partners=(Partner(ATTACK, role=ATTACK),), impacts=(Impact("trust", ATTACK, "told"),),
        means=dict.fromkeys(("money", "time", "skills"), ATTACK), licence=ATTACK,
        sources=(ATTACK, "javascript:alert(1)", 'https://a.b/"><script>alert(1)</script>'),
    )  # fmt: skip
    bring(whole, publish=True)
    page = client.get(kept().get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert" not in text
    assert "<b>gras" not in text
    assert 'href="javascript' not in text
    assert json.loads(text.split('application/ld+json">')[1].split("</script>")[0])["headline"] == ATTACK


def test_pages_know_that_what_is_public_changed() -> None:
    from odd17.web.practices.version import practices_version  # noqa: PLC0415

    seen = [practices_version()]
    bring(WHOLE)
    assert practices_version() == seen[0]
    for change in (
        lambda: bring(WHOLE, publish=True),
        lambda: bring(replace(WHOLE, title="Les ruches")),
        lambda: kept().unpublish(),
        lambda: kept().delete(),
    ):
        change()
        seen.append(practices_version())
    assert seen == sorted(set(seen))
