"""What the directory refuses: older codes, no consent, links of others, floods, scripts, and those who may not pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

SCRIPT = "<script>alert(1)</script><b onclick=alert(2)>x</b>\"'>"
DESK = "/catalyseurs/moderation/"


def test_no_entry_without_consent(holder: Any, kept: Any) -> None:
    assert holder().begin(consent="").status_code == 422
    assert not kept.exists()


@pytest.mark.parametrize("personal", [{"contact": "Camille Exemple"}, {"email": "camille@example.org"}])
def test_the_database_itself_keeps_nobody_without_consent(kept: Any, personal: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.create(slug="sans-accord", name="Sans accord", **personal)
    assert kept.count() == 0


def test_a_code_of_an_older_vintage_is_carried_and_said(holder: Any, kept: Any, text_of: Any) -> None:
    page = text_of(holder().begin(territories="COM-69159"))
    assert "COM-69114 Porte des Pierres Dorées" in page
    assert "millésime antérieur" in page


def test_the_entry_covers_the_territories_of_today(published: Any) -> None:
    _person, entry = published(territories="69159\nDEP-94\nLimousin")
    assert entry.territories == ["COM-69114", "DEP-94", "DEP-19", "DEP-23", "DEP-87"]


def test_a_region_of_before_is_carried_and_said(holder: Any, text_of: Any) -> None:
    page = text_of(holder().begin(territories="REG-42 Alsace"))
    assert "DEP-67 Bas-Rhin, DEP-68 Haut-Rhin" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("EPCI-249400001", "millésime"),  # of before 2017: nothing tells what stands for it
        ("243900719", "EPCI-200069623 (CC Champagnole Nozeroy Jura)"),  # parted among larger ones
        ("Nulle-Part-sur-Rien", "Que faire"),
        ("Saint-Martin", "COM-65392"),
        ("94", "DEP-94"),  # a département and a region
        ("", "Dites où"),
    ],
)
def test_what_is_no_territory_of_today_is_refused_with_its_remedy(
    holder: Any, kept: Any, text_of: Any, typed: str, said: str
) -> None:
    assert said in text_of(holder().begin(territories=typed), 422)
    assert not kept.exists()


@pytest.mark.parametrize("where", ["name", "summary"])
@pytest.mark.parametrize("said", ["Écrire à camille@example.org", "Tél. 06 12 34 56 78"])
def test_an_address_or_a_number_is_not_published(holder: Any, kept: Any, where: str, said: str) -> None:
    assert holder().begin(**{where: said}).status_code == 422
    assert not kept.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"trades": [], "services": []},
        {"trades": ["juggling"]},
        {"services": ["juggling"]},
        {"kind": "x"},
        {"name": "x" * 201},
        {"name": "  "},
        {"summary": "x" * 1001},
        {"email": "nobody"},
        {"email": "a@b.fr\r\nBcc: c@d.fr"},
        {"languages": ["tlh"]},
        {"practices": "javascript:alert(1)"},
        {"practices": "999999999"},
        {"stamp": "forged"},
        {"contact": ""},
        {"territories": "\n".join(f"COM-{code}" for code in range(94001, 94090))},
    ],
)
def test_a_bad_answer_is_said_and_nothing_is_kept(holder: Any, kept: Any, changed: dict[str, object]) -> None:
    answer = holder().begin(**changed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not kept.exists()
    assert not mail.outbox


def test_the_address_is_said_to_be_shown_to_nobody_on_the_page_of_faults_too(holder: Any, text_of: Any) -> None:
    page = text_of(holder().begin(name=""), 422)
    assert "Elle n’est montrée à personne" in page
    assert "publiée que si" not in page


def test_sent_twice_it_is_one_entry(holder: Any, kept: Any, stamp: Any) -> None:
    once, person = stamp(), holder()
    person.begin(stamp=once)
    person.begin(stamp=once)
    assert kept.count() == 1
    assert len(mail.outbox) == 1


def test_a_flood_is_stopped(holder: Any, kept: Any) -> None:
    person = holder()
    codes = [person.begin().status_code for _one in range(10)]
    assert codes[-1] == 429
    assert kept.count() <= 5


def test_a_trapped_form_is_forgotten(holder: Any, kept: Any) -> None:
    assert holder().begin(website="spam").status_code == 302
    assert not kept.exists()


def test_script_in_every_field_is_text_everywhere(published: Any, client: Client, signed_in: Any, holder: Any) -> None:
    said = {"name": SCRIPT, "summary": SCRIPT, "contact": SCRIPT}
    _person, entry = published(**said)
    person = holder("autre@example.org")
    person.begin(**said)
    person.confirm()
    desk = signed_in("lectrice", "moderator")
    source = {"trade": "support", "territory": "DEP-48", "source": SCRIPT, "day": "2026-03-01"}
    desk.post(f"{DESK}absences/", source)
    pages = [
        client.get("/catalyseurs/"),
        client.get("/catalyseurs/?territoire=DEP-94"),
        client.get("/catalyseurs/?territoire=DEP-48"),
        client.get(f"/catalyseurs/?q={SCRIPT}"),
        client.get(entry.get_absolute_url()),
        client.get(f"{entry.get_absolute_url()}ecrire/"),
        client.get("/territoires/DEP-94-val-de-marne/"),
        person.client.get(person.path),
        person.client.get(f"{person.path}modifier/"),
        person.client.get(f"{person.path}retirer/"),
        person.begin(**said, territories=SCRIPT, practices=SCRIPT),
        desk.get(DESK),
        desk.get(f"{DESK}{entry.pk}/"),
        desk.get(f"{DESK}absences/"),
    ]
    for page in pages:
        assert page.status_code in (200, 422, 429)
        assert "<script>alert(1)" not in page.content.decode()
        assert "<b onclick" not in page.content.decode()


def test_a_formula_in_a_name_is_no_formula_in_the_files(published: Any, client: Client) -> None:
    published(name="=HYPERLINK(1)")
    for format in ("csv", "tableur-fr"):
        assert "'=HYPERLINK(1)" in client.get(f"/catalyseurs/fichier/{format}/").content.decode("utf-8-sig")


def test_an_entry_that_is_held_is_not_claimed_again(
    published: Any, holder: Any, client: Client, kept: Any, text_of: Any
) -> None:
    rival = holder("rivale@example.org")
    claim = {"address": "/catalyseurs/ronalpia/revendiquer/", "name": "Ronalpia"}
    rival.begin(**claim)
    rival.confirm()
    published(**claim)
    assert text_of(client.get(claim["address"]), 409)
    assert holder("tierce@example.org").begin(**claim).status_code == 409
    assert kept.filter(public=True).count() == 1
    loser = kept.get(email="rivale@example.org")
    assert loser.state == "declined"  # and told so
    assert any("rivale@example.org" in letter.to and "tient cette fiche" in letter.body for letter in mail.outbox)


def test_a_second_claim_is_not_published_by_mistake(
    published: Any, holder: Any, signed_in: Any, decide: Any, kept: Any
) -> None:
    rival = holder("rivale@example.org")
    claim = {"address": "/catalyseurs/ronalpia/revendiquer/", "name": "Ronalpia"}
    rival.begin(**claim)
    published(**claim)  # while the rival's address still waits
    rival.confirm()
    number = kept.get(email="rivale@example.org").pk
    assert decide(signed_in("moderatrice", "moderator"), number).status_code == 409
    assert kept.filter(public=True).count() == 1


def test_an_entry_that_nothing_cites_is_not_claimed(published: Any, client: Client) -> None:
    _person, entry = published()
    assert client.get(f"{entry.get_absolute_url()}revendiquer/").status_code == 404
    assert client.get("/catalyseurs/personne/revendiquer/").status_code == 404


def test_the_link_of_another_person_opens_nothing(published: Any, client: Client, kept: Any) -> None:
    person, entry = published()
    published("autre@example.org")
    guesses = [entry.slug, str(entry.pk), entry.confirming, entry.renewing, person.path.split("/")[-2][:-1]]
    for token in guesses:
        for part in ("", "modifier/", "retirer/", "mes-donnees.json"):
            assert client.get(f"/catalyseurs/mon-entree/{token}/{part}").status_code == 404
        assert client.post(f"/catalyseurs/mon-entree/{token}/retirer/").status_code == 404
    assert client.post(f"/catalyseurs/reconduire/{entry.token}/").status_code == 410
    assert kept.count() == 2


def test_before_the_address_is_confirmed_the_private_link_opens_nothing(holder: Any, kept: Any, client: Client) -> None:
    holder().begin()
    assert client.get(f"/catalyseurs/mon-entree/{kept.get().token}/").status_code == 404


def test_a_link_of_confirmation_that_is_too_old_confirms_nothing(holder: Any, kept: Any, text_of: Any) -> None:
    person = holder()
    person.begin()
    kept.update(made=timezone.now() - timedelta(days=8))
    assert "trop ancien" in text_of(person.confirm(), 410)
    assert kept.get().address_confirmed is None
    holder("autre@example.org").begin()
    assert kept.get().email == "autre@example.org"  # what nobody confirmed is erased


@pytest.mark.parametrize("role", ["", "contributor"])
def test_those_without_the_right_find_no_desk(signed_in: Any, published: Any, role: str, client: Client) -> None:
    _person, entry = published()
    stranger = signed_in("curieuse", role if role != "contributor" else "")
    said = {"version": entry.version, "decision": "decline", "text": "non"}
    for path in (DESK, f"{DESK}{entry.pk}/", f"{DESK}absences/"):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, said).status_code in (404, 405)
        assert client.get(path).status_code == 302  # to sign in
    entry.refresh_from_db()
    assert entry.public


def test_those_without_the_right_take_no_entry_out(published: Any, signed_in: Any, kept: Any, client: Client) -> None:
    _person, entry = published()
    path = f"/catalyseurs/moderation/{entry.pk}/retirer/"
    for browser in (signed_in("autre"), client):
        assert browser.post(path, {"version": entry.version, "why": "Non."}).status_code in (302, 404)
    assert kept.get().public


def test_two_moderators_at_once_the_second_is_told(holder: Any, signed_in: Any, kept: Any, decide: Any) -> None:
    person = holder()
    person.begin()
    person.confirm()
    entry = kept.get()
    first, second = signed_in("premiere", "moderator"), signed_in("seconde", "moderator")
    seen = entry.version
    decide(first, entry.pk)
    answer = decide(second, entry.pk, "decline", "non", version=seen)
    assert answer.status_code == 409
    assert kept.get().public


def test_two_people_with_the_link_at_once_the_second_sees_both(published: Any, kept: Any, text_of: Any) -> None:
    person, entry = published()
    person.change(name="Le premier nom")
    stale = person.client.post(f"{person.path}modifier/", person.SAID | {"version": entry.version, "name": "Le second"})
    page = text_of(stale, 409)
    assert "Le premier nom" in page
    assert "Le second" in page
    assert kept.get().proposed["name"] == "Le premier nom"


def test_no_post_without_its_token(published: Any) -> None:
    person, entry = published()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False)
    for path in (f"{person.path}retirer/", f"/catalyseurs/reconduire/{entry.renewing}/"):
        assert strict.post(path).status_code == 403


@pytest.mark.parametrize("path", ["proposer/", "silver-geek/revendiquer/", "lien-prive/", "moderation/"])
def test_the_demonstration_has_no_such_page(client: Client, path: str) -> None:
    assert client.get(f"/demonstration/catalyseurs/{path}").status_code == 404
