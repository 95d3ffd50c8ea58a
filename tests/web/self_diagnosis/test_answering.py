"""Self-diagnosis without an account: answered in sheets, resumed by its link, read, compared, printed, erased."""

from __future__ import annotations

import html
import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from odd17.store.places import shipped
from odd17.workflows.questionnaires import current_questionnaires

FIRST = "/auto-diagnostic/organisations/"


def test_four_questionnaires_are_offered_with_where_their_questions_come_from(client: Client) -> None:
    page = client.get("/auto-diagnostic/").content.decode()
    assert page.count("<article") == 4
    for questionnaire in current_questionnaires():
        for prefix, language in (("", "fr"), ("/en", "en")):
            origin = html.unescape(client.get(f"{prefix}/auto-diagnostic/{questionnaire.id}/").content.decode())
            told = [item.origin.in_language(language) for item in questionnaire.items]
            assert len(set(told)) == len(questionnaire.items)  # each its own
            for item, why in zip(questionnaire.items, told, strict=True):
                assert item.wording.in_language(language) in origin
                assert why in origin
    assert client.get("/auto-diagnostic/personne/").status_code == 404


def test_answers_are_kept_sheet_by_sheet_and_opened_again_by_their_link(person: Any) -> None:
    somebody = person()
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "done", "later": "1"})
    elsewhere = Client(SERVER_NAME="localhost").get(f"{somebody.path}?feuille=1").content.decode()
    assert re.search(r'name="item-vision_need" value="done" checked', elsewhere)
    assert somebody.kept.answers == {"vision_need": "done"}


def test_an_answer_that_leads_to_more_questions_stays_on_its_sheet(person: Any) -> None:
    somebody = person().answer(stage="process")
    assert {"told", "counted", "measured"} <= set(somebody.kept.answers)
    assert "ready" not in somebody.kept.answers


def test_the_result_says_what_stands_well_what_comes_next_and_what_is_missing(person: Any) -> None:
    somebody = person()
    assert "attendent encore" in somebody.see("resultat/")
    assert all(f'href="{FIRST}?version=1"' in somebody.see(path) for path in ("", "resultat/"))  # where they come from
    somebody.answer("done", vision_need="none", vision_shared="none").finish()
    page = somebody.see("resultat/")
    assert "Ce qui est solide" in page
    assert page.index("<ol>") < page.index("Écrivez en une page la fragilité")
    assert "<svg" in page
    assert page.count('<th scope="row">') == 10


def test_each_next_step_leads_to_places_that_open_and_to_a_practice(person: Any, client: Client) -> None:
    page = person().answer("start").finish().see("resultat/")
    steps = page.split('id="next"')[1].split("</section>")[0].split("<li>")[1:]
    assert len(steps) == 10
    for step in steps:
        links = re.findall(r'href="([^"]+)"', step)
        assert links
        for link in links:
            reply = client.get(link.partition("#")[0])
            assert reply.status_code == 200 or reply.headers["Location"].startswith("/comptes/login/"), link


def test_examples_are_practices_of_their_dimensions_another_for_each(person: Any) -> None:
    from odd17.web.practices.version import practices_changed  # noqa: PLC0415 - reads models, which exist only now

    now = timezone.now()
    locale = apps.get_model("wagtailcore", "Locale").objects.get(language_code="fr")
    titles = ("Une coentreprise locale", "Une autre coentreprise")
    told = [
        apps.get_model("practices", "Practice").objects.create(
            title=title, locale=locale, alliance_type="social_joint_venture", live=True, first_published_at=now,
            last_published_at=now,
        )
        for title in titles
    ]  # fmt: skip
    practices_changed()
    weak = {"management_person": "none", "management_followup": "none", "trust_kept": "none", "trust_hard": "none"}
    page = person().answer("done", **weak).see("resultat/")
    for one in told:
        one.delete()
    practices_changed()
    steps = page.split('id="next"')[1].split("</section>")[0].split("<li>")
    for step in ("Management", "Confiance"):
        (said,) = (text for text in steps if f"<strong>{step}" in text)
        assert any(title in said for title in titles)
    assert all("".join(steps).count(title) == 1 for title in titles)


def test_unfinished_answers_are_not_finished_and_finished_ones_do_not_change(person: Any) -> None:
    somebody = person().finish()
    assert somebody.kept.finished is None
    somebody.answer().finish()
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "none"})
    assert somebody.kept.answers["vision_need"] == "well"
    assert somebody.client.get(somebody.path).headers["Location"].endswith("/resultat/")


@pytest.mark.parametrize("given", [{"item-vision_need": "perhaps"}, {"item-vision_need": "<script>"}])
def test_what_is_no_answer_is_refused(person: Any, given: dict[str, str]) -> None:
    somebody = person()
    reply = somebody.client.post(somebody.path, {"sheet": "1", **given})
    assert reply.status_code == 422
    assert "<script>" not in reply.content.decode().split("<main")[1]
    assert somebody.kept.answers == {}


def test_an_answer_to_an_item_of_another_version_is_left_out(person: Any) -> None:
    somebody = person()
    somebody.client.post(somebody.path, {"sheet": "1", "item-of_version_2": "done", "item-vision_need": "done"})
    assert somebody.kept.answers == {"vision_need": "done"}


def test_answers_whose_version_is_gone_are_not_found(person: Any, rows: Any) -> None:
    somebody = person()
    rows("Answering").objects.filter(token=somebody.token).update(version=99)
    assert somebody.client.get(somebody.path).status_code == 404


@pytest.fixture
def version_two(site_home: Path) -> Iterator[Callable[[bool], None]]:
    """Writes version 2 of the organisations' questionnaire: to be answered, or retired."""
    kept = site_home / "questionnaires" / "organisations-2.yml"
    kept.parent.mkdir(exist_ok=True)
    text = (shipped() / "questionnaires" / "organisations-1.yml").read_text(encoding="utf-8")
    count = iter(range(1, 9))

    def write(retired: bool) -> None:
        told = "version: 2\nretired: true\n" if retired else "version: 2\n"
        kept.write_text(text.replace("version: 1\n", told, 1), encoding="utf-8")
        os.utime(kept, (0, next(count)))  # two writes within one tick of the clock are two all the same

    yield write
    kept.unlink()


def test_a_version_retired_while_it_is_answered_takes_no_more_answers(
    version_two: Callable[[bool], None], rows: Any, visitor: Any
) -> None:
    version_two(False)
    somebody = visitor().begin()
    assert somebody.kept.version == 2
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "done"})
    version_two(True)
    assert "n’accepte plus de réponses" in somebody.see()
    reply = somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "none"})
    assert reply.status_code == 409
    assert somebody.kept.answers == {"vision_need": "done"}
    assert "Profil" in somebody.see("resultat/")
    again = somebody.client.post(f"{somebody.path}recommencer/").headers["Location"].rstrip("/").rpartition("/")[2]
    assert rows("Answering").objects.get(token=again).version == 1


def test_a_group_whose_version_is_retired_takes_nobody_more(version_two: Callable[[bool], None], rows: Any) -> None:
    version_two(False)
    client = Client(SERVER_NAME="localhost")
    panel = client.post(f"{FIRST}groupe/", {"name": "Une association"}).headers["Location"]
    version_two(True)
    assert (
        client.post(f"{FIRST}commencer/", {"panel": panel.rstrip("/").rpartition("/")[2]}).headers["Location"] == panel
    )
    page = client.get(panel).content.decode()
    assert "n’accepte plus de réponses" in page
    assert 'name="panel"' not in page
    assert not rows("Answering").objects.exists()


def test_a_link_of_another_account_opens_nothing(visitor: Any) -> None:
    users = get_user_model()
    owner = Client(SERVER_NAME="localhost")
    owner.force_login(users.objects.create_user("mirror-owner", "o@example.org", "x"))
    theirs = visitor(owner).begin()
    other = Client(SERVER_NAME="localhost")
    other.force_login(users.objects.create_user("mirror-other", "p@example.org", "x"))
    for path in ("", "resultat/", "miroir/", "resultat.pdf", "effacer/"):
        assert owner.get(f"{theirs.path}{path}").status_code in (200, 302)
        assert other.get(f"{theirs.path}{path}").status_code == 404
        assert Client(SERVER_NAME="localhost").get(f"{theirs.path}{path}").status_code == 404
    assert other.post(f"{theirs.path}effacer/").status_code == 404
    assert theirs.kept


def test_a_guessed_link_opens_nothing(client: Client) -> None:
    assert client.get("/auto-diagnostic/reponses/1/").status_code == 404
    assert client.get("/auto-diagnostic/groupes/1/").status_code == 404


def test_one_compares_with_ones_own_earlier_answers(person: Any, visitor: Any) -> None:
    somebody = person().answer("start").finish()
    again = visitor(somebody.client)
    again.path = somebody.client.post(f"{somebody.path}recommencer/").headers["Location"]
    again.answer("done").finish()
    page = again.see("resultat/")
    assert "+67" in page
    assert "la fois d’avant" in page


def test_three_people_of_one_organisation_see_where_they_differ_and_two_do_not(visitor: Any) -> None:
    client = Client(SERVER_NAME="localhost")
    panel = client.post(f"{FIRST}groupe/", {"name": "<b>Une association</b>"}).headers["Location"]
    token = panel.rstrip("/").rpartition("/")[2]
    for count, option in enumerate(("none", "well", "done"), start=1):
        visitor().begin(panel=token).answer(option).finish()
        page = client.get(panel).content.decode()
        assert ("Médiane" in page) == (count >= 3)
        assert "un collègue peut deviner" in page  # said before one answers
    assert "&lt;b&gt;Une association" in page
    assert ">67<" in page


def test_the_result_is_printed_and_written(person: Any) -> None:
    somebody = person().answer("done").finish()
    reply = somebody.client.get(f"{somebody.path}resultat.pdf")
    text = PdfReader(io.BytesIO(reply.content)).pages[0].extract_text()
    assert reply.headers["Content-Type"] == "application/pdf"
    assert "Votre organisation et ses alliances" in " ".join(text.split())
    assert somebody.client.get(f"{somebody.path}resultat.docx").content[:2] == b"PK"
    assert somebody.client.get(f"{somebody.path}resultat.exe").status_code == 404


def test_answers_are_erased_by_their_person(person: Any, rows: Any) -> None:
    somebody = person().answer().finish()
    somebody.client.post(f"{somebody.path}effacer/")
    assert somebody.client.get(somebody.path).status_code == 404
    assert not rows("Answering").objects.exists()


def test_a_post_from_another_site_is_refused(rows: Any) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(f"{FIRST}commencer/").status_code == 403
    assert not rows("Answering").objects.exists()


def test_it_stands_in_english_too(client: Client, visitor: Any) -> None:
    page = client.get("/en/auto-diagnostic/").content.decode()
    assert "Your organisation and its alliances" in page
    somebody = visitor()
    somebody.path = client.post("/en/auto-diagnostic/organisations/commencer/").headers["Location"]
    assert "Not yet" in somebody.see()
