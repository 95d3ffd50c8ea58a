"""A practice proposed by someone without an account: kept step by step, confirmed, moderated, published."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone


def practice_of(author):
    return apps.get_model("practices", "Practice").objects.get(contribution__pk=author.number)


def moderated(browser: Client, author, action: str, comment: str = "") -> None:
    """Answer the proposal at the desk, as its form does."""
    practice = practice_of(author)
    state = practice.current_workflow_task_state
    path = f"/admin/snippets/practices/practice/workflow/action/{practice.pk}/{action}/{state.pk}/"
    answer = browser.post(path, {"comment": comment})
    assert answer.status_code == 302


def test_a_draft_is_kept_step_by_step_and_found_again_by_its_link(author, link_sent, client: Client) -> None:
    person = author()
    assert person.begin().headers["Location"] == f"{person.path}practice/"
    assert person.say("practice").headers["Location"] == f"{person.path}partners/"
    assert client.get(f"{person.path}practice/").status_code == 404  # somebody else's browser
    person.confirm()
    link = link_sent(person.email, "/reprendre/")
    assert client.get(link).headers["Location"] == person.path
    page = client.get(f"{person.path}practice/").content.decode()
    assert 'value="Une cantine partagée"' in page
    assert "Rennes" in page
    assert "checked" in page


def test_a_draft_may_be_kept_unfinished_and_is_not_sent_so(author) -> None:
    person = author()
    person.begin()
    kept = person.client.post(f"{person.path}practice/", {"title": "Un début", "later": "1"})
    assert kept.headers["Location"] == person.path
    assert "Un début" in person.client.get("/pratiques/proposer/").content.decode()
    person.confirm()
    answer = person.send()
    assert answer.status_code == 422
    assert "Dites où elle se déroule" in answer.content.decode()
    assert person.kept.state == "draft"


def test_errors_stand_beside_their_field_and_in_a_summary(author) -> None:
    person = author()
    person.begin()
    answer = person.say("practice", title="", ended="2023-01-01")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#title">' in page
    assert 'id="ended_error"' in page
    assert 'aria-describedby="title_help title_error"' in page
    assert "Deux écoles et un maraîcher." in page  # nothing typed is lost
    assert person.kept.answers == {}


def test_nothing_reaches_moderation_before_the_address_is_confirmed(author) -> None:
    person = author()
    person.begin()
    for step in person.STEPS:
        person.say(step)
    person.send()
    assert person.kept.state == "waiting"
    assert person.kept.practice is None
    page = person.client.get(person.path).content.decode()
    assert "confirmez que c’est votre adresse" in page
    person.confirm()
    assert person.kept.state == "sent"
    assert practice_of(person).workflow_in_progress


def test_a_link_followed_by_a_program_confirms_nothing(author, link_sent, client: Client) -> None:
    person = author()
    person.begin()
    assert client.get(link_sent(person.email, "/confirmer/")).status_code == 200
    assert person.kept.confirmed is None


def test_what_was_said_is_the_practice(author) -> None:
    person = author()
    person.propose()
    practice = practice_of(person).get_latest_revision_as_object()
    assert not practice.live
    assert practice.title == "Une cantine partagée"
    assert practice.territories == ["COM-35238"]
    assert practice.domains == ["education"]
    assert str(practice.begun) == "2024-01-15"
    assert [block.block_type for block in practice.story] == ["need", "alliance", "results"]
    (partner,) = practice.partners.all()
    assert (partner.name, partner.kind, partner.siren) == ("Ville de R.", "local_authority", "732829320")
    (impact,) = practice.impacts.all()
    assert (impact.impact, impact.claim, impact.proof) == ("trust", "On se parle.", "told")


def test_moderators_hear_of_a_proposal(author, with_role: Callable[..., Client]) -> None:
    with_role("moderator")
    person = author()
    person.propose()
    letters = [letter for letter in mail.outbox if letter.to == ["moderator@example.org"]]
    assert letters
    assert "Une cantine partagée" in letters[0].subject + letters[0].body
    assert "autrice@example.org" not in letters[0].subject + letters[0].body


def test_a_proposal_leads_to_where_it_is_answered(author, with_role: Callable[..., Client]) -> None:
    person, draft = author(), author("autre@example.org")
    person.propose()
    draft.begin()
    form = f"/admin/snippets/practices/practice/edit/{practice_of(person).pk}/"
    moderator = with_role("moderator")
    listed = moderator.get("/admin/proposals/").content.decode()
    assert f'href="{form}"' in listed
    assert listed.count("/admin/snippets/practices/practice/edit/") == listed.count(form)
    assert f"/admin/proposals/inspect/{draft.number}/" in listed
    assert "ouvrez le menu" in moderator.get(form).content.decode()
    assert "Accepter et Publier" in with_role("editor").get(form).content.decode()


def test_an_answer_goes_to_the_author_who_amends_by_the_same_link(author, with_role, link_sent) -> None:
    person = author()
    person.propose()
    assert person.say("practice", title="Trop tard").headers["Location"] == person.path  # it is being read
    desk = with_role("moderator")
    moderated(desk, person, "reject", "Combien d’enfants ?")
    assert person.kept.state == "answered"
    letter = mail.outbox[-1]
    assert letter.to == [person.email]
    assert "Combien d’enfants ?" in letter.body
    practice = practice_of(person).get_latest_revision_as_object()
    practice.summary = "Résumé repris au bureau."
    practice.save_revision()
    other = Client(SERVER_NAME="localhost")
    other.get(link_sent(person.email, "/reprendre/"))
    person.client = other
    person.say("story", need="Manger mieux, pour 80 enfants.")
    person.send()
    assert person.kept.state == "sent"
    practice = practice_of(person)
    assert practice.workflow_in_progress
    amended = practice.get_latest_revision_as_object()
    assert "80 enfants" in str(amended.story[0].value)
    assert amended.summary == "Résumé repris au bureau."  # what an editor changed stays


def test_a_proposal_is_declined_with_its_reason(author, with_role) -> None:
    person = author()
    person.propose()
    desk = with_role("moderator")
    practice = practice_of(person)
    path = f"/admin/snippets/practices/practice/workflow/action/{practice.pk}/decline/"
    desk.post(f"{path}{practice.current_workflow_task_state.pk}/", {"comment": ""})
    assert person.kept.state == "sent"  # a refusal says why
    moderated(desk, person, "decline", "Hors du sujet.")
    assert person.kept.state == "declined"
    assert "Hors du sujet." in mail.outbox[-1].body
    assert mail.outbox[-1].to == [person.email]
    assert not practice_of(person).workflow_in_progress
    assert "Hors du sujet." in person.client.get(person.path).content.decode()


def test_publication_tells_the_author_the_lasting_address(author, with_role, client: Client) -> None:
    person = author()
    person.propose()
    moderated(with_role("editor"), person, "approve")
    practice = practice_of(person)
    assert practice.live
    assert person.kept.state == "published"
    assert practice.get_absolute_url() in mail.outbox[-1].body
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Camille Exemple" in page
    assert "mailto:autrice@example.org" in page
    assert person.say("practice", title="Autre").headers["Location"] == person.path
    assert sum(practice.get_absolute_url() in letter.body for letter in mail.outbox) == 1


def published(author, with_role):
    """A proposal that an editor published, and its practice."""
    person = author()
    person.propose()
    moderated(with_role("editor"), person, "approve")
    return person, practice_of(person)


def opened_elsewhere(person, link_sent) -> str:
    """The page that the private link of the last letter opens in another browser, where nobody is signed in."""
    browser = Client(SERVER_NAME="localhost")
    answer = browser.get(link_sent(person.email, "/reprendre/"), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_author_of_a_practice_withdrawn_since_reads_so(author, with_role, link_sent, client: Client) -> None:
    person, practice = published(author, with_role)
    assert "/reprendre/" in mail.outbox[-1].body
    assert practice.get_absolute_url() in opened_elsewhere(person, link_sent)
    practice.unpublish()
    assert client.get(practice.get_absolute_url()).status_code == 404
    page = opened_elsewhere(person, link_sent)
    assert "publiée, puis retirée" in page
    assert practice.get_absolute_url() not in page
    practice.delete()
    page = opened_elsewhere(person, link_sent)
    assert "publiée, puis retirée" in page


def test_the_author_of_a_practice_kept_for_members_since_reads_so(author, with_role, link_sent) -> None:
    person, practice = published(author, with_role)
    practice.private = True
    practice.save_revision().publish()
    page = opened_elsewhere(person, link_sent)
    assert "pour les membres" in page
    assert f"/comptes/login/?next={practice.get_absolute_url()}" in page
    assert f'href="{practice.get_absolute_url()}"' not in page
    member = with_role("", "membre")
    member.get(link_sent(person.email, "/reprendre/"))
    assert f'href="{practice.get_absolute_url()}"' in member.get(person.path).content.decode()


def test_the_author_of_a_practice_brought_into_another_is_led_to_that_one(author, with_role, link_sent) -> None:
    from odd17.web.practices.merging import practices_merge  # noqa: PLC0415 - once Django is set up

    person, practice = published(author, with_role)
    other = author("autre@example.org")
    other.propose()
    kept = practice_of(other)
    kept.get_latest_revision().publish()
    kept.refresh_from_db()
    practices_merge(kept=kept, other=practice, user=None)
    assert f'href="{kept.get_absolute_url()}"' in opened_elsewhere(person, link_sent)
    kept.refresh_from_db()
    kept.unpublish()
    assert kept.get_absolute_url() not in opened_elsewhere(person, link_sent)


def test_what_is_published_for_members_is_said_so_without_a_link_that_leads_nowhere(author, with_role) -> None:
    person = author()
    person.propose()
    practice = practice_of(person)
    practice.private = True
    practice.save_revision().publish()
    letter = mail.outbox[-1]
    assert "publiée pour les membres" in letter.body
    assert practice.get_absolute_url() not in letter.body
    assert "/reprendre/" in letter.body


def test_a_link_ends_at_its_hour(author, with_role, link_sent) -> None:
    person, practice = published(author, with_role)
    now = timezone.now()
    apps.get_model("practices", "Practice").objects.filter(pk=practice.pk).update(expire_at=now - timedelta(minutes=1))
    page = opened_elsewhere(person, link_sent)
    assert practice.get_absolute_url() not in page
    assert "publiée, puis retirée" in page


def test_an_account_needs_no_confirmation_and_lists_its_proposals(author, with_role) -> None:
    person = author("personne@example.org")
    person.client = with_role("")
    person.begin()
    for step in person.STEPS:
        person.say(step)
    person.send()
    assert person.kept.state == "sent"
    assert "Une cantine partagée" in person.client.get("/comptes/").content.decode()
    kept = person.client.get("/comptes/mes-donnees.json").json()
    assert kept["proposals"][0]["answers"]["practice"]["title"] == "Une cantine partagée"
    assert kept["contacts"][0]["name"] == "Camille Exemple"


def test_a_form_posted_twice_makes_one(author) -> None:
    person = author()
    person.begin()
    again = person.client.post("/pratiques/proposer/", {"stamp": person.stamp, "email": person.email, "website": ""})
    assert again.headers["Location"] == f"{person.path}practice/"
    assert apps.get_model("contributions", "Contribution").objects.count() == 1
    for step in person.STEPS:
        person.say(step)
    person.confirm()
    assert (person.send().status_code, person.send().status_code) == (302, 302)
    assert apps.get_model("practices", "Practice").objects.count() == 1
    assert practice_of(person).revisions.count() == 1


def test_the_page_is_in_english_too_and_so_are_its_letters(author) -> None:
    person = author()
    person.begin()
    contribution = person.kept
    page = person.client.get(f"/en{person.path}practice/").content.decode()
    assert "Name of the practice" in page
    assert contribution.language == "fr"
    other = author("author@example.org")
    other.stamp = None
    answer = other.client.get("/en/pratiques/proposer/")
    assert "Propose a practice" in answer.content.decode()


def test_answers_are_plain_json(author) -> None:
    person = author()
    person.propose()
    assert json.loads(json.dumps(person.kept.answers)) == person.kept.answers


@pytest.mark.parametrize("step", ["practice", "partners", "story", "results", "contact", "relire"])
def test_every_step_is_a_page(author, step: str) -> None:
    person = author()
    person.begin()
    answer = person.client.get(f"{person.path}{step}/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert "noindex" in answer.content.decode()
