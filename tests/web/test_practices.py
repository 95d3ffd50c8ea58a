"""The page of a practice, and what editors may not write."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

TITLE = "Une cantine <script>alert(1)</script> partagée"


def model(name: str):
    return apps.get_model("practices", name)


def written(**values):
    """A practice, public unless said otherwise."""
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    whole = {"title": TITLE, "locale": locale, "live": True, "first_published_at": datetime(2026, 3, 1, tzinfo=UTC)}
    return model("Practice").objects.create(**whole | values)


@pytest.fixture(autouse=True)
def _none_left(site_home):
    yield
    model("Practice").objects.all().delete()


def test_the_page_says_all_and_escapes_all(client: Client) -> None:
    practice = written(
        summary="Un <b>résumé</b>.",
        domains=["education"],
        goals=["2", "17"],
        territories=["COM-35238", "DEP-22"],
        alliance_type="consortium",
        story=json.dumps([{"type": "need", "value": "<p>Manger <i>mieux</i></p>"}]),
    )
    model("PracticePartner").objects.create(
        practice=practice, name="Ville </script> de R.", kind="local_authority", doubtful=True
    )
    model("PracticeImpact").objects.create(practice=practice, impact="trust", claim="On se parle.", proof="told")
    page = client.get(practice.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert" not in text
    assert "Manger <i>mieux</i>" in text
    for said in ("Éducation", "Rennes", "Côtes-d&#x27;Armor", "Consortium", "Coopération économique", "Confiance"):
        assert said in text
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.S)
    assert linked is not None
    assert json.loads(linked[1])["headline"] == TITLE


def test_who_knows_a_practice_that_is_only_cited_is_led_to_tell_it(client: Client) -> None:
    whole, cited = written(), written(cited=True)
    for practice, led in ((whole, False), (cited, True)):
        page = client.get(practice.get_absolute_url()).content.decode()
        assert ('<a href="/pratiques/proposer/">Raconter cette pratique</a>' in page) is led


def test_an_old_address_leads_to_the_page(client: Client) -> None:
    practice = written()
    answer = client.get(f"/pratiques/{practice.pk}-autres-mots/")
    assert (answer.status_code, answer.headers["Location"]) == (302, practice.get_absolute_url())


def test_a_draft_is_nobodys(client: Client) -> None:
    practice = written(live=False)
    assert client.get(practice.get_absolute_url()).status_code == 404


def test_a_practice_is_public_from_the_hour_set_until_the_hour_set(client: Client, monkeypatch) -> None:
    practice, now = written(title="Un jardin à l’heure", live=False), timezone.now()
    practice.go_live_at, practice.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    practice.save_revision().publish()
    for hours, public in ((0, False), (2, True), (4, False)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        assert ("Un jardin à l’heure" in client.get("/pratiques/").content.decode()) is public
        assert client.get(practice.get_absolute_url()).status_code == (200 if public else 404)
        practice.refresh_from_db()
        assert practice.live is public


def test_the_case_that_rules_read(site_home) -> None:
    from odd17.web.practices.selectors import practice_case, published_cases  # noqa: PLC0415 - once Django is set up

    practice = written(
        story=json.dumps([{"type": "need", "value": "<p>Manger <i>mieux</i></p>"}]), sources="un\n\n deux ", money="3 €"
    )
    model("PracticePartner").objects.create(practice=practice, name="A", siren="732829320")
    case = practice_case(practice)
    assert case.story.need == "Manger mieux"
    assert case.sources == ("un", "deux")
    assert case.means == {"money": "3 €"}
    assert case.partners[0].siren == "732829320"
    assert case.published == date(2026, 3, 1)
    assert case.contact is None
    written(live=False)
    assert [item.id for item in published_cases()] == [str(practice.pk)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"begun": date(2026, 2, 1), "ended": date(2026, 1, 1)}, "ended"),
        ({"domains": ["cookery"]}, "domains"),
        ({"goals": ["18"]}, "goals"),
        ({"stage": "dream"}, "stage"),
    ],
)
def test_what_is_not_understood_is_refused(site_home, values: dict, field: str) -> None:
    practice = written(**values)
    with pytest.raises(ValidationError) as caught:
        practice.full_clean()
    assert field in caught.value.message_dict


def test_a_siren_has_a_check_digit(site_home) -> None:
    partner = model("PracticePartner")(practice=written(), name="A", siren="732829321")
    with pytest.raises(ValidationError, match="SIREN"):
        partner.full_clean()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Rennes\nDEP-22", ["COM-35238", "DEP-22"]),
        ("COM-35238 Rennes", ["COM-35238"]),
        ("Rennes\nCOM-35238", ["COM-35238"]),
        ("", []),
    ],
)
def test_territories_are_typed_by_name_or_code(site_home, typed: str, found: list[str]) -> None:
    from odd17.web.practices.fields import TerritoriesFormField  # noqa: PLC0415 - once Django is set up

    assert TerritoriesFormField(required=False).clean(typed) == found


@pytest.mark.parametrize("typed", ["Atlantide", "<script>"])
def test_a_territory_that_nobody_knows_is_refused(site_home, typed: str) -> None:
    from odd17.web.practices.fields import TerritoriesFormField  # noqa: PLC0415 - once Django is set up

    with pytest.raises(ValidationError):
        TerritoriesFormField(required=False).clean(typed)


def test_files_as_they_were_sent_are_not_public(client: Client, site_home) -> None:
    (site_home / "media" / "original_images").mkdir(parents=True, exist_ok=True)
    (site_home / "media" / "original_images" / "a.jpg").write_bytes(b"x")
    for path in ("/media/original_images/a.jpg", "/media/images/../original_images/a.jpg", "/media/images/%2e%2e/a"):
        assert client.get(path).status_code in (400, 404)
