"""An entry's whole story: written, confirmed, read, published, changed, confirmed each year, withdrawn."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, time, timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django import db
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from odd17.core.kernel.months import months_after
from odd17.web.accounts.signals import account_erased, account_told

DESK = "/catalyseurs/moderation/"


def remind(**options: Any) -> Any:
    told: list[Any] = []
    call_command("catalysts_remind", stdout=StringIO(), dry_run=False, done=told.append, **options)
    return told[0]


def confirmed_months_ago(kept: Any, months: int, days: int = 0) -> None:
    kept.update(confirmed=months_after(timezone.localdate(), -months) - timedelta(days=days), reminded=None)
    apps.get_model("catalysts", "DirectoryVersion").objects.update(number=F("number") + 1)  # as a new day does


def everywhere(client: Client) -> str:
    """All that a reader can get of the directory."""
    paths = (
        "/catalyseurs/",
        "/catalyseurs/?territoire=DEP-94",
        "/catalyseurs/?q=fabrique",
        "/catalyseurs/?service=kits",
        "/recherche/?q=fabrique",
        "/en/catalyseurs/",
        "/catalyseurs/fichier/csv/",
        "/catalyseurs/fichier/tableur-fr/",
        "/api/v1/catalysts?limit=100",
        "/api/v1/catalysts?service=kits",
        "/api/v1/catalysts/coverage?near=DEP-94",
        "/territoires/DEP-94-val-de-marne/",
    )
    return "\n".join(client.get(path).content.decode() for path in paths)


def test_an_entry_waits_for_its_address_then_for_a_moderator(client: Client, holder: Any, kept: Any) -> None:
    person = holder()
    assert person.begin().status_code == 200
    entry = kept.get()
    assert (entry.state, entry.public) == ("waiting", False)
    assert entry.consented is not None
    assert "Je parle au nom de cette structure" in entry.consent_words
    link = person.sent("/confirmer/")
    assert person.client.get(link).status_code == 200
    assert kept.get().address_confirmed is None  # a program that follows links confirms nothing
    assert person.confirm().status_code == 302
    assert kept.get().state == "sent"
    assert "Fabrique" not in everywhere(client)


def test_a_moderator_publishes_it_and_its_holder_is_told(published: Any, client: Client, text_of: Any) -> None:
    person, entry = published()
    assert entry.slug in person.sent("catalyseurs/la-fabrique")
    page = text_of(client.get(entry.get_absolute_url()))
    for said in ("La Fabrique d’essai", "Accompagnements", "Val-de-Marne", "Atelier pour vous", "signes", "Lui écrire"):
        assert said in page
    for hidden in ("Camille", "camille@example.org"):
        assert hidden not in everywhere(client) + page
    assert "Fabrique" in everywhere(client)
    assert text_of(client.get(f"/en{entry.get_absolute_url()}"))


def test_an_entry_of_the_whole_country_is_counted_as_such(published: Any, client: Client, text_of: Any) -> None:
    published(territories="France")
    where = text_of(client.get("/catalyseurs/?q=fabrique")).split('id="where"')[1]
    assert "La France entière" in where
    assert "ne dit où elle travaille" not in where


def test_moderators_are_told_without_what_it_says(published: Any, signed_in: Any, holder: Any) -> None:
    signed_in("autre", "moderator")
    person = holder()
    person.begin()
    person.confirm()
    letter = next(letter for letter in mail.outbox if letter.to == ["autre@example.org"])
    assert "Fabrique" not in letter.body + letter.subject
    assert "/catalyseurs/moderation/" in letter.body


def test_a_moderator_asks_and_the_holder_answers(
    holder: Any, signed_in: Any, decide: Any, kept: Any, text_of: Any
) -> None:
    person = holder()
    person.begin()
    person.confirm()
    number, moderator = kept.get().pk, signed_in("moderatrice", "moderator")
    assert decide(moderator, number, "ask").status_code == 422  # without words, nobody knows what to change
    decide(moderator, number, "ask", "Quels territoires exactement ?")
    assert "Quels territoires exactement" in mail.outbox[-1].body
    assert "Quels territoires exactement" in text_of(person.client.get(person.path))
    assert person.change(territories="Créteil").status_code == 302
    decide(moderator, number)
    assert kept.get().territories == ["COM-94028"]


def test_a_declined_entry_is_answered_and_never_shown(
    holder: Any, signed_in: Any, decide: Any, kept: Any, client: Client
) -> None:
    person = holder()
    person.begin()
    person.confirm()
    decide(signed_in("moderatrice", "moderator"), kept.get().pk, "decline", "Ce n’est pas une structure.")
    assert "Ce n’est pas une structure" in mail.outbox[-1].body
    assert "Fabrique" not in everywhere(client)


def test_a_change_waits_while_readers_see_the_entry_as_it_was(
    published: Any, signed_in: Any, decide: Any, client: Client, text_of: Any
) -> None:
    person, entry = published()
    person.change(name="Un autre nom")
    assert "Un autre nom" not in everywhere(client)
    desk = signed_in("moderatrice", "moderator")
    page = text_of(desk.get(f"{DESK}{entry.pk}/"))
    assert "<mark>Un autre nom</mark>" in page
    decide(desk, entry.pk)
    shown = everywhere(client)
    assert "Un autre nom" in shown
    assert "Fabrique d’essai" not in shown


def test_a_cited_entry_is_claimed_and_stays_at_its_address(published: Any, client: Client, text_of: Any) -> None:
    claim = client.get("/catalyseurs/silver-geek/revendiquer/")
    assert 'value="Silver Geek"' in text_of(claim)
    _person, entry = published(
        address="/catalyseurs/silver-geek/revendiquer/", name="Silver Geek", territories="DEP-86"
    )
    assert entry.slug == "silver-geek"
    page = text_of(client.get("/catalyseurs/silver-geek/"))
    assert "à revendiquer" not in page
    assert "rapport de recherche" in page  # the source stays
    listed = text_of(client.get("/catalyseurs/?q=silver"))
    assert listed.count(">Silver Geek<") == 1 + 2  # in the list, and for two trades of its region


def test_a_reminder_is_sent_once_a_month_and_one_press_confirms(
    published: Any, kept: Any, sent: Any, client: Client, text_of: Any
) -> None:
    _person, entry = published()
    confirmed_months_ago(kept, 11)
    assert remind().asked == 0
    confirmed_months_ago(kept, 12)
    assert "à confirmer" in text_of(client.get("/catalyseurs/?q=fabrique"))
    assert "dernière fois" in text_of(client.get(entry.get_absolute_url()))
    assert remind(), "first"
    letters = [letter for letter in mail.outbox if "/reconduire/" in letter.body]
    assert len(letters) == 1
    assert remind().asked == 0  # the same day, and any day of the month
    link = sent("/reconduire/")
    assert client.get(link).status_code == 200
    assert kept.get().confirmed != timezone.localdate()
    assert client.post(link).status_code == 302
    assert kept.get().confirmed == timezone.localdate()
    assert client.post(link).status_code == 410  # it served
    assert "à confirmer" not in text_of(client.get("/catalyseurs/?q=fabrique")).split("coverage")[0]


def test_an_entry_that_nobody_confirms_is_hidden_everywhere_and_comes_back_confirmed(
    published: Any, kept: Any, client: Client, sent: Any
) -> None:
    person, entry = published()
    confirmed_months_ago(kept, 15)
    assert "Fabrique" not in everywhere(client)
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert client.get(f"{entry.get_absolute_url()}ecrire/").status_code == 404
    assert person.client.get(person.path).status_code == 200
    remind()
    client.post(sent("/reconduire/"))
    assert client.get(entry.get_absolute_url()).status_code == 200


def test_an_entry_unconfirmed_for_two_years_is_erased(published: Any, kept: Any) -> None:
    published()
    confirmed_months_ago(kept, 24)
    assert remind().erased == 1
    assert not kept.exists()


def test_a_moderator_takes_a_public_entry_out_and_its_holder_may_send_it_again(
    published: Any, signed_in: Any, decide: Any, kept: Any, client: Client, text_of: Any
) -> None:
    person, entry = published(address="/catalyseurs/silver-geek/revendiquer/", name="Silver Geek Poitou")
    desk, path = signed_in("moderatrice", "moderator"), f"{DESK}{entry.pk}/retirer/"
    assert "Retirer cette fiche" in text_of(desk.get(f"{DESK}{entry.pk}/"))
    assert desk.post(path, {"version": entry.version, "why": ""}).status_code == 422
    assert desk.post(path, {"version": 0, "why": "Fermée."}).status_code == 409
    assert "Silver Geek Poitou" in everywhere(client)
    assert desk.post(path, {"version": entry.version, "why": "La structure a fermé."}).status_code == 302
    assert "La structure a fermé" in mail.outbox[-1].body
    assert "Silver Geek Poitou" not in everywhere(client)
    assert "à revendiquer" in text_of(client.get("/catalyseurs/silver-geek/"))  # what the report says
    assert desk.get(path).status_code == 404
    person.change(name="Silver Geek encore")
    decide(desk, entry.pk)
    assert "<h1>Silver Geek encore</h1>" in text_of(client.get("/catalyseurs/silver-geek/"))


def test_what_was_taken_out_gives_its_address_to_the_next_holder(
    published: Any, signed_in: Any, client: Client, text_of: Any
) -> None:
    address = "/catalyseurs/silver-geek/"
    _person, entry = published(address=f"{address}revendiquer/", name="Silver Geek d’avant")
    desk = signed_in("moderatrice", "moderator")
    desk.post(f"{DESK}{entry.pk}/retirer/", {"version": entry.version, "why": "Ce n’est pas eux."})
    published("suite@example.org", address=f"{address}revendiquer/", name="Silver Geek repris")
    assert "<h1>Silver Geek repris</h1>" in text_of(client.get(address))


def test_what_a_moderator_declined_and_nobody_took_up_again_is_erased_after_two_years(
    holder: Any, signed_in: Any, decide: Any, kept: Any
) -> None:
    person = holder()
    person.begin()
    person.confirm()
    decide(signed_in("moderatrice", "moderator"), kept.get().pk, "decline", "Non.")
    for months, left in ((23, 1), (24, 0)):
        day = months_after(timezone.localdate(), -months)
        kept.update(touched=timezone.make_aware(datetime.combine(day, time(12))))
        remind()
        assert kept.count() == left


def test_another_process_shows_what_this_one_changed_at_its_next_page(published: Any, client: Client) -> None:
    """The directory is kept in memory under its version: a change is seen whoever made it."""
    _person, entry = published()
    assert "Fabrique" in everywhere(client)
    with db.connection.cursor() as base:  # as another process does
        base.execute("UPDATE catalysts_catalystentry SET public = %s", [False])
        base.execute("UPDATE catalysts_directoryversion SET number = number + 1")
    assert "Fabrique" not in everywhere(client)
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_a_page_reads_no_entry_again_while_nothing_changes(published: Any, client: Client) -> None:
    published()
    client.get("/catalyseurs/?territoire=DEP-94")
    with CaptureQueriesContext(db.connection) as asked:
        client.get("/catalyseurs/?q=fabrique")
    assert not [query for query in asked.captured_queries if "catalysts_catalystentry" in query["sql"]]


def test_what_is_undone_is_not_kept_in_memory(published: Any, client: Client) -> None:
    from odd17.web.catalysts.services import entry_withdraw  # noqa: PLC0415 - once Django is set up

    _person, entry = published()
    with suppress(ZeroDivisionError), db.transaction.atomic():
        entry_withdraw(entry=entry)
        assert "Fabrique" not in everywhere(client)
        raise ZeroDivisionError
    with suppress(ZeroDivisionError), db.transaction.atomic():
        apps.get_model("catalysts", "DirectoryVersion").objects.update(number=F("number") + 1)
        assert "Fabrique" in everywhere(client)
        raise ZeroDivisionError


def test_a_reminder_that_does_not_leave_is_tried_again(published: Any, kept: Any) -> None:
    published()
    confirmed_months_ago(kept, 12)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError):
        assert remind().failed == 1
    assert kept.get().reminded is None
    assert remind().asked == 1


def test_withdrawn_it_is_gone_at_once_from_everywhere_and_its_source_does_not_bring_it_back(
    published: Any, kept: Any, client: Client
) -> None:
    person, entry = published(address="/catalyseurs/silver-geek/revendiquer/", name="Silver Geek")
    address = entry.get_absolute_url()
    assert "Silver Geek" in everywhere(client)
    path = person.path
    assert person.client.get(f"{path}retirer/").status_code == 200
    assert kept.exists()
    assert person.client.post(f"{path}retirer/").status_code == 200
    assert not kept.exists()
    shown = everywhere(client)
    assert "Silver Geek" not in shown
    assert "silver-geek" not in shown
    for gone in (address, f"{address}ecrire/", f"{address}revendiquer/", path, "/api/v1/catalysts/silver-geek"):
        assert client.get(gone).status_code == 404, gone


def test_withdrawn_it_leaves_what_the_report_says_where_its_holder_wants_it(
    published: Any, kept: Any, client: Client, text_of: Any
) -> None:
    person, entry = published(
        address="/catalyseurs/silver-geek/revendiquer/", name="Silver Geek Poitou", summary="Nos mots."
    )
    path = person.path
    assert "Se retirer et laisser ce que dit le rapport" in text_of(person.client.get(f"{path}retirer/"))
    assert person.client.post(f"{path}retirer/", {"report": "stays"}).status_code == 200
    assert not kept.exists()
    page = text_of(client.get(entry.get_absolute_url()))
    assert "à revendiquer" in page
    assert "<h1>Silver Geek</h1>" in page
    assert "Nos mots" not in page + everywhere(client)
    assert client.get("/catalyseurs/silver-geek/revendiquer/").status_code == 200


def test_an_entry_of_which_the_report_says_nothing_is_withdrawn_without_a_choice(published: Any, text_of: Any) -> None:
    person, _entry = published()
    assert "laisser ce que dit le rapport" not in text_of(person.client.get(f"{person.path}retirer/"))


def test_a_claimed_entry_that_lapsed_is_shown_as_cited_until_its_holder_confirms(
    published: Any, kept: Any, client: Client, text_of: Any, sent: Any
) -> None:
    address = "/catalyseurs/silver-geek/"
    published(address=f"{address}revendiquer/", name="Silver Geek Poitou", summary="Nos mots.")
    confirmed_months_ago(kept, 15)
    page = text_of(client.get(address))
    assert "<h1>Silver Geek</h1>" in page
    assert "à revendiquer" in page
    assert "Lui écrire" not in page  # the holder who is silent is not written to in the name of the report
    assert client.get(f"{address}ecrire/").status_code == 404
    assert "Silver Geek Poitou" not in everywhere(client)
    remind()
    client.post(sent("/reconduire/"))
    assert "<h1>Silver Geek Poitou</h1>" in text_of(client.get(address))


def test_another_claims_an_entry_whose_holder_let_it_lapse_and_the_first_is_told(
    published: Any, kept: Any, client: Client, text_of: Any
) -> None:
    address = "/catalyseurs/silver-geek/"
    first, _entry = published(address=f"{address}revendiquer/", name="Silver Geek d’avant")
    assert client.get(f"{address}revendiquer/").status_code == 409
    confirmed_months_ago(kept, 15)
    mail.outbox.clear()
    path_of_first = f"/catalyseurs/mon-entree/{_entry.token}/"
    published("suite@example.org", address=f"{address}revendiquer/", name="Silver Geek repris")
    assert "<h1>Silver Geek repris</h1>" in text_of(client.get(address))
    assert [letter.to for letter in mail.outbox].count(["camille@example.org"]) == 1
    assert "tient cette fiche" in text_of(first.client.get(path_of_first))


def test_an_erased_claim_gives_the_cited_entry_back(published: Any, kept: Any, client: Client, text_of: Any) -> None:
    published(address="/catalyseurs/silver-geek/revendiquer/", name="Silver Geek Poitou")
    confirmed_months_ago(kept, 24)
    assert remind().erased == 1
    assert "à revendiquer" in text_of(client.get("/catalyseurs/silver-geek/"))


def test_the_private_link_comes_again_by_e_mail_and_tells_a_stranger_nothing(
    published: Any, client: Client, stamp: Any, text_of: Any, sent: Any
) -> None:
    published()
    mail.outbox.clear()
    ask = {"stamp": stamp(), "website": ""}
    known = text_of(client.post("/catalyseurs/lien-prive/", ask | {"email": "Camille@example.org"}))
    unknown = text_of(client.post("/catalyseurs/lien-prive/", ask | {"email": "nobody@example.org"}))
    assert known == unknown
    assert [letter.to for letter in mail.outbox] == [["camille@example.org"]]
    assert client.get(sent("/mon-entree/")).status_code == 200


def test_evidence_leads_to_published_practices_alone(published: Any, client: Client, holder: Any, text_of: Any) -> None:
    practice = apps.get_model("practices", "Practice")
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    public = practice.objects.create(title="Essai public", locale=locale, live=True)
    draft = practice.objects.create(title="Essai caché", locale=locale, live=False)
    assert holder().begin(practices=str(draft.pk)).status_code == 422
    _person, entry = published(practices=f"https://exemple.fr{public.get_absolute_url()}")
    assert "Essai public" in text_of(client.get(entry.get_absolute_url()))
    practice.objects.filter(pk=public.pk).update(live=False)
    assert "Essai public" not in text_of(client.get(entry.get_absolute_url()))


def test_a_practice_leads_to_the_catalysts_shown_who_took_part(
    published: Any, client: Client, kept: Any, text_of: Any
) -> None:
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    practice = apps.get_model("practices", "Practice").objects.create(title="Essai public", locale=locale, live=True)
    address = practice.get_absolute_url()
    assert 'id="took-part"' not in text_of(client.get(address))
    person, entry = published(practices=address)
    page = text_of(client.get(address))
    assert f'href="{entry.get_absolute_url()}">La Fabrique d’essai' in page.split('id="took-part"')[1]
    confirmed_months_ago(kept, 15)
    assert 'id="took-part"' not in text_of(client.get(address))  # hidden
    confirmed_months_ago(kept, 1)
    assert 'id="took-part"' in text_of(client.get(address))
    person.client.post(f"{person.path}retirer/")
    assert 'id="took-part"' not in text_of(client.get(address))


def test_the_holder_takes_all_that_is_kept(published: Any) -> None:
    person, _entry = published()
    whole = json.loads(person.client.get(f"{person.path}mes-donnees.json").content)
    assert (whole["email"], whole["contact"]) == ("camille@example.org", "Camille Exemple")
    assert whole["consented"]
    assert whole["shown"]["trades"] == ["support", "running_a_place"]


def test_an_account_is_told_of_its_entries_and_erased_with_them(published: Any, kept: Any, client: Client) -> None:
    published()
    account = get_user_model().objects.create_user("camille", "camille@example.org", "x")
    account.emailaddress_set.create(email="camille@example.org", verified=True, primary=True)
    told = [
        answer
        for _receiver, answer in account_told.send(None, account=account)
        if answer and "catalyst_entries" in answer
    ]
    assert told[0]["catalyst_entries"][0]["contact"] == "Camille Exemple"
    account_erased.send(None, account=account)
    assert not kept.exists()
    assert "Fabrique" not in everywhere(client)


def test_with_an_account_the_address_is_confirmed_already(kept: Any, stamp: Any, holder: Any, text_of: Any) -> None:
    account = get_user_model().objects.create_user("camille", "camille@example.org", "x")
    account.emailaddress_set.create(email="camille@example.org", verified=True, primary=True)
    person = holder()
    person.client.force_login(account)
    assert person.begin().status_code == 302
    assert (kept.get().state, kept.get().email) == ("sent", "camille@example.org")
    assert "La Fabrique d’essai" in text_of(person.client.get("/catalyseurs/lien-prive/"))


def test_an_absence_is_said_with_who_looked_and_an_entry_outweighs_it(
    signed_in: Any, client: Client, published: Any, text_of: Any
) -> None:
    desk = signed_in("moderatrice", "moderator")
    said = {"trade": "support", "territory": "Lozère", "source": "Enquête du département", "day": "2026-03-01"}
    assert desk.post(f"{DESK}absences/", said).status_code == 302
    matrix = text_of(client.get("/catalyseurs/?territoire=DEP-48")).split('id="coverage"')[1]
    assert "<strong>personne</strong>" in matrix
    assert "Enquête du département, 01/03/2026" in matrix
    assert "personne de connu" in matrix
    cells = client.get("/api/v1/catalysts/coverage?near=DEP-48").json()
    assert [cell["presence"] for cell in cells if cell["territory"]["id"] == "DEP-48"].count("no_one") == 1
    published(territories="Lozère")
    matrix = text_of(client.get("/catalyseurs/?territoire=DEP-48")).split('id="coverage"')[1]
    assert "<strong>personne</strong>" not in matrix
    number = apps.get_model("catalysts", "StatedAbsence").objects.get().pk
    assert desk.post(f"{DESK}absences/", {"remove": str(number)}).status_code == 302
    assert not apps.get_model("catalysts", "StatedAbsence").objects.exists()


@pytest.mark.parametrize("format", ["csv", "tableur-fr", "xlsx"])
def test_the_file_has_the_entries_found(published: Any, client: Client, format: str) -> None:
    published()
    answer = client.get(f"/catalyseurs/fichier/{format}/?metier=gestion-d-un-lieu")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if format != "xlsx":
        text = answer.content.decode("utf-8-sig")
        assert "La Fabrique d’essai" in text
        assert "Ronalpia" not in text
        assert "example.org" not in text
