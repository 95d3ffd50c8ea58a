"""A contact is personal: shown while consent stands, told to the person, gone everywhere once it is withdrawn."""

from __future__ import annotations

import json
import re

import pytest
from django import db
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

NAME, EMAIL = "Camille Exemple", "autrice@example.org"


def model(name: str, app: str = "practices"):
    return apps.get_model(app, name)


@pytest.fixture
def person(author):
    """Somebody whose practice is public, with their name on it."""
    found = author(EMAIL)
    found.propose()
    practice = model("Practice").objects.get()
    practice.get_latest_revision().publish()
    return found


def page_of(client: Client) -> str:
    return client.get(model("Practice").objects.get().get_absolute_url()).content.decode()


def kept_anywhere(*texts: str) -> list[str]:
    """The tables that hold one of the texts."""
    found = []
    connection = db.connections["default"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names of our own tables
            rows = json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)
            if any(text in rows for text in texts):
                found.append(table)
    return found


def test_consent_is_kept_with_its_day_and_its_words(person) -> None:
    contact = model("PracticeContact").objects.get()
    assert (contact.name, contact.email) == (NAME, EMAIL)
    assert contact.consented is not None
    assert "J’accepte que mon nom" in contact.words


def test_the_contact_is_on_the_page_and_in_no_revision_nor_description(person, client: Client) -> None:
    page = page_of(client)
    assert NAME in page
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.S)
    assert linked is not None
    assert NAME not in linked[1]
    assert not {"wagtailcore_revision", "practices_practice"} & set(kept_anywhere(NAME, EMAIL))


def test_without_consent_nobody_is_shown(author, client: Client) -> None:
    person = author(EMAIL)
    person.begin()
    for step in person.STEPS:
        person.say(step)
    person.say("contact", name="", consent="")
    person.confirm()
    person.send()
    model("Practice").objects.get().get_latest_revision().publish()
    assert not model("PracticeContact").objects.exists()
    assert EMAIL not in page_of(client)


def test_the_link_shows_what_is_kept_and_takes_it_out_everywhere(person, link_sent, client: Client) -> None:
    link = link_sent(EMAIL, "/contact/")
    shown = client.get(link).content.decode()
    for said in (NAME, EMAIL, "J’accepte que mon nom"):
        assert said in shown
    assert client.get(f"{link}mes-donnees.json").json()["name"] == NAME
    assert NAME in page_of(client)  # looking takes nothing out
    assert client.post(link, {"act": "withdraw"}).status_code == 200
    assert NAME not in page_of(client)
    assert kept_anywhere(NAME) == []
    assert client.get(link).status_code == 404


def test_a_withdrawn_contact_is_in_no_file_of_found_practices(person, link_sent, client: Client) -> None:
    from odd17.web.practices.selectors import published_cases  # noqa: PLC0415 - models need a site

    assert [case.contact for case in published_cases()] == [NAME]
    client.post(link_sent(EMAIL, "/contact/"), {"act": "withdraw"})
    assert [case.contact for case in published_cases()] == [None]
    answer = client.get("/pratiques/fichier/csv/")
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert b"Une cantine" in body
    assert NAME.encode() not in body


def test_the_index_of_search_never_holds_a_contact(person, site_home) -> None:
    from odd17.web.practices.following import find_practices, rebuild  # noqa: PLC0415 - models need a site

    rebuild()
    from odd17.core.practices.query import PracticeQuery  # noqa: PLC0415 - of this test alone

    assert find_practices(PracticeQuery(text="cantine")).total == 1
    assert find_practices(PracticeQuery(text="Camille")).total == 0
    for path in (site_home / "search").rglob("*"):
        assert not path.is_file() or b"Camille" not in path.read_bytes()


def test_pages_kept_drawn_are_drawn_again(person, link_sent, client: Client) -> None:
    from odd17.web.practices.version import practices_version  # noqa: PLC0415 - models need a site

    before = practices_version()
    client.post(link_sent(EMAIL, "/contact/"), {"act": "withdraw"})
    assert practices_version() > before


def test_an_author_without_account_takes_their_data_and_leaves(person, client: Client) -> None:
    kept = person.client.get(f"{person.path}mes-donnees.json").json()
    assert kept["email"] == EMAIL
    assert kept["answers"]["contact"]["name"] == NAME
    assert kept["agreed_words"]
    person.client.post(f"{person.path}effacer/")
    assert kept_anywhere(NAME) == []
    assert set(kept_anywhere(EMAIL)) <= {"odd17_cache"}
    assert "Une cantine partagée" in page_of(client)  # what was given stays


def test_what_was_public_and_withdrawn_stays_without_its_author(person) -> None:
    model("Practice").objects.get().unpublish()
    person.client.post(f"{person.path}effacer/")
    assert model("Practice").objects.get().title == "Une cantine partagée"
    assert kept_anywhere(NAME) == []
    assert set(kept_anywhere(EMAIL)) <= {"odd17_cache"}


def test_no_address_is_given_of_a_page_that_nobody_reads(person, link_sent, client: Client) -> None:
    practice, link = model("Practice").objects.get(), link_sent(EMAIL, "/contact/")
    assert practice.get_absolute_url() in client.get(link).content.decode()
    assert person.client.get(f"{person.path}mes-donnees.json").json()["practice"] == practice.get_absolute_url()
    practice.private = True
    practice.save_revision().publish()
    assert practice.get_absolute_url() not in client.get(link).content.decode()
    assert person.client.get(f"{person.path}mes-donnees.json").json()["practice"] is None
    assert practice.get_absolute_url() not in client.post(link, {"act": "withdraw"}).content.decode()


def test_a_proposal_that_was_never_public_goes_whole(author, site_home) -> None:
    person = author(EMAIL)
    person.propose()
    person.client.post(f"{person.path}effacer/")
    assert not model("Practice").objects.exists()
    assert set(kept_anywhere("Une cantine partagée")) <= {"wagtailcore_modellogentry"}
    assert kept_anywhere(NAME) == []


def test_an_account_takes_along_what_it_proposed_and_commented(author, with_role) -> None:
    person = author("personne@example.org")
    person.client = with_role("")
    person.begin()
    for step in person.STEPS:
        person.say(step)
    person.send()
    desk = with_role("moderator")
    practice = model("Practice").objects.get()
    state = practice.current_workflow_task_state.pk
    desk.post(
        f"/admin/snippets/practices/practice/workflow/action/{practice.pk}/reject/{state}/",
        {"comment": "Et les enfants ?"},
    )
    mine = person.client.get("/comptes/mes-donnees.json").json()
    assert mine["proposals"][0]["reply"] == "Et les enfants ?"
    assert mine["contacts"][0]["words"].startswith("J’accepte")
    assert mine["comments"] == []
    theirs = desk.get("/comptes/mes-donnees.json").json()
    assert theirs["comments"][0]["comment"] == "Et les enfants ?"
    assert theirs["proposals"] == []


def test_an_account_that_leaves_takes_its_name_and_the_act_stays(author, with_role, client: Client) -> None:
    person = author("personne@example.org")
    person.client = with_role("")
    person.begin()
    for step in person.STEPS:
        person.say(step)
    person.send()
    model("Practice").objects.get().get_latest_revision().publish()
    account = get_user_model().objects.get(email="personne@example.org")
    person.client.post("/comptes/effacer/", {"password": "quatre mots bien choisis"})
    practice = model("Practice").objects.get()
    assert practice.live
    assert practice.author is None
    assert NAME not in page_of(client)
    assert kept_anywhere(NAME) == []
    assert not model("Contribution", "contributions").objects.filter(account=account).exists()
    account.delete()


def test_drafts_that_nobody_confirms_or_comes_back_to_are_erased(author) -> None:
    from datetime import timedelta  # noqa: PLC0415 - of this test alone

    from django.utils import timezone  # noqa: PLC0415 - of this test alone

    from odd17.web.contributions.services import drafts_expire  # noqa: PLC0415 - models need a site

    people = [author(f"a{number}@example.org") for number in range(4)]
    for one in people:
        one.begin()
    people[2].confirm()
    people[3].confirm()
    ages = {0: 6, 1: 8, 2: 100, 3: 181}
    drafts = model("Contribution", "contributions").objects
    for place, days in ages.items():
        drafts.filter(pk=people[place].number).update(touched=timezone.now() - timedelta(days=days))
    drafts_expire()
    assert set(drafts.values_list("pk", flat=True)) == {people[0].number, people[2].number}
    assert mail.outbox
