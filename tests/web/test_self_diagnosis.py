"""Self-diagnosis without an account: answered in sheets, resumed by its link, read, compared, mirrored, erased."""

from __future__ import annotations

import html
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from pypdf import PdfReader

from odd17.store.places import shipped
from odd17.workflows.questionnaires import current_questionnaires

FIRST = "/auto-diagnostic/organisations/"
SIRENS = ("732829320", "552100554", "542051180", "552032534", "775670417", "572015246", "542065479", "562082909",
          "542107651", "780129987", "652014051", "410034607")  # fmt: skip


def models(name: str) -> Any:
    return apps.get_model("self_diagnosis", name)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    yield
    for name in ("Answering", "Panel", "MirrorSnapshot"):
        models(name).objects.all().delete()
    get_user_model().objects.filter(username__startswith="mirror-").delete()
    caches["default"].clear()  # of what was counted against those in too much of a hurry


def luhn(number: int) -> str:
    """A number of nine digits whose check digit fits: of nobody in particular."""
    stem = f"{number:08d}"
    for last in range(10):
        doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(f"{stem}{last}")))
        if sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0:
            return f"{stem}{last}"
    raise AssertionError


class Person:
    """Somebody with a browser who answers."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(SERVER_NAME="localhost")
        self.path = ""

    def begin(self, **more: str) -> Person:
        self.path = self.client.post(f"{FIRST}commencer/", more).headers["Location"]
        return self

    @property
    def token(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2]

    @property
    def kept(self) -> Any:
        return models("Answering").objects.get(token=self.token)

    def answer(self, option: str = "well", stage: str = "concept", **other: str) -> Person:
        """Fill every sheet as it comes, ``option`` everywhere."""
        address = self.path
        for _turn in range(20):
            page = self.client.get(address).content.decode()
            names = sorted(set(re.findall(r'name="item-([\w]+)"', page)))
            sheet = re.search(r'name="sheet" value="(\d+)"', page)
            assert sheet is not None
            given = {f"item-{id}": other.get(id, stage if id == "stage" else option) for id in names}
            reply = self.client.post(self.path, {"sheet": sheet.group(1), **given})
            address = reply.headers["Location"]
            if address.endswith("/resultat/"):
                break
        return self

    def finish(self) -> Person:
        self.client.post(f"{self.path}terminer/")
        return self

    def mirror(self, siren: str, kind: str = "association", size: str = "small", territory: str = "DEP-35") -> Person:
        told = {"siren": siren, "kind": kind, "size": size, "territory": territory, "consent": "on"}
        reply = self.client.post(f"{self.path}miroir/", told)
        assert reply.status_code == 302, reply.content.decode()
        return self

    def see(self, path: str = "") -> str:
        reply = self.client.get(f"{self.path}{path}")
        assert reply.status_code == 200
        return str(reply.content.decode())


@pytest.fixture
def person() -> Callable[[], Person]:
    return lambda: Person().begin()


def open_mirrors() -> None:
    for access in models("MirrorAccess").objects.filter(opened=None):
        access.opened = access.asked
        access.save()


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


def test_answers_are_kept_sheet_by_sheet_and_opened_again_by_their_link(person: Callable[[], Person]) -> None:
    somebody = person()
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "done", "later": "1"})
    elsewhere = Client(SERVER_NAME="localhost").get(f"{somebody.path}?feuille=1").content.decode()
    assert re.search(r'name="item-vision_need" value="done" checked', elsewhere)
    assert somebody.kept.answers == {"vision_need": "done"}


def test_an_answer_that_leads_to_more_questions_stays_on_its_sheet(person: Callable[[], Person]) -> None:
    somebody = person().answer(stage="process")
    assert {"told", "counted", "measured"} <= set(somebody.kept.answers)
    assert "ready" not in somebody.kept.answers


def test_the_result_says_what_stands_well_what_comes_next_and_what_is_missing(person: Callable[[], Person]) -> None:
    somebody = person()
    assert "attendent encore" in somebody.see("resultat/")
    assert all(f'href="{FIRST}?version=1"' in somebody.see(path) for path in ("", "resultat/"))  # where they come from
    somebody.answer("done", vision_need="none", vision_shared="none").finish()
    page = somebody.see("resultat/")
    assert "Ce qui est solide" in page
    assert page.index("<ol>") < page.index("Écrivez en une page la fragilité")
    assert "<svg" in page
    assert page.count('<th scope="row">') == 10


def test_each_next_step_leads_to_places_that_open_and_to_a_practice(
    person: Callable[[], Person], client: Client
) -> None:
    page = person().answer("start").finish().see("resultat/")
    steps = page.split('id="next"')[1].split("</section>")[0].split("<li>")[1:]
    assert len(steps) == 10
    for step in steps:
        links = re.findall(r'href="([^"]+)"', step)
        assert links
        for link in links:
            reply = client.get(link.partition("#")[0])
            assert reply.status_code == 200 or reply.headers["Location"].startswith("/comptes/login/"), link


def test_examples_are_practices_of_their_dimensions_another_for_each(person: Callable[[], Person]) -> None:
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


def test_unfinished_answers_are_not_finished_and_finished_ones_do_not_change(person: Callable[[], Person]) -> None:
    somebody = person().finish()
    assert somebody.kept.finished is None
    somebody.answer().finish()
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "none"})
    assert somebody.kept.answers["vision_need"] == "well"
    assert somebody.client.get(somebody.path).headers["Location"].endswith("/resultat/")


@pytest.mark.parametrize("given", [{"item-vision_need": "perhaps"}, {"item-vision_need": "<script>"}])
def test_what_is_no_answer_is_refused(person: Callable[[], Person], given: dict[str, str]) -> None:
    somebody = person()
    reply = somebody.client.post(somebody.path, {"sheet": "1", **given})
    assert reply.status_code == 422
    assert "<script>" not in reply.content.decode().split("<main")[1]
    assert somebody.kept.answers == {}


def test_an_answer_to_an_item_of_another_version_is_left_out(person: Callable[[], Person]) -> None:
    somebody = person()
    somebody.client.post(somebody.path, {"sheet": "1", "item-of_version_2": "done", "item-vision_need": "done"})
    assert somebody.kept.answers == {"vision_need": "done"}


def test_answers_whose_version_is_gone_are_not_found(person: Callable[[], Person]) -> None:
    somebody = person()
    models("Answering").objects.filter(token=somebody.token).update(version=99)
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


def test_a_version_retired_while_it_is_answered_takes_no_more_answers(version_two: Callable[[bool], None]) -> None:
    version_two(False)
    somebody = Person().begin()
    assert somebody.kept.version == 2
    somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "done"})
    version_two(True)
    assert "n’accepte plus de réponses" in somebody.see()
    reply = somebody.client.post(somebody.path, {"sheet": "1", "item-vision_need": "none"})
    assert reply.status_code == 409
    assert somebody.kept.answers == {"vision_need": "done"}
    assert "Profil" in somebody.see("resultat/")
    again = somebody.client.post(f"{somebody.path}recommencer/").headers["Location"].rstrip("/").rpartition("/")[2]
    assert models("Answering").objects.get(token=again).version == 1


def test_a_group_whose_version_is_retired_takes_nobody_more(version_two: Callable[[bool], None]) -> None:
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
    assert not models("Answering").objects.exists()


def test_a_link_of_another_account_opens_nothing() -> None:
    users = get_user_model()
    owner = Client(SERVER_NAME="localhost")
    owner.force_login(users.objects.create_user("mirror-owner", "o@example.org", "x"))
    theirs = Person(owner).begin()
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


def test_one_compares_with_ones_own_earlier_answers(person: Callable[[], Person]) -> None:
    somebody = person().answer("start").finish()
    again = Person(somebody.client)
    again.path = somebody.client.post(f"{somebody.path}recommencer/").headers["Location"]
    again.answer("done").finish()
    page = again.see("resultat/")
    assert "+67" in page
    assert "la fois d’avant" in page


def test_three_people_of_one_organisation_see_where_they_differ_and_two_do_not() -> None:
    client = Client(SERVER_NAME="localhost")
    panel = client.post(f"{FIRST}groupe/", {"name": "<b>Une association</b>"}).headers["Location"]
    token = panel.rstrip("/").rpartition("/")[2]
    for count, option in enumerate(("none", "well", "done"), start=1):
        Person().begin(panel=token).answer(option).finish()
        page = client.get(panel).content.decode()
        assert ("Médiane" in page) == (count >= 3)
        assert "un collègue peut deviner" in page  # said before one answers
    assert "&lt;b&gt;Une association" in page
    assert ">67<" in page


def test_the_result_is_printed_and_written(person: Callable[[], Person]) -> None:
    somebody = person().answer("done").finish()
    reply = somebody.client.get(f"{somebody.path}resultat.pdf")
    text = PdfReader(io.BytesIO(reply.content)).pages[0].extract_text()
    assert reply.headers["Content-Type"] == "application/pdf"
    assert "Votre organisation et ses alliances" in " ".join(text.split())
    assert somebody.client.get(f"{somebody.path}resultat.docx").content[:2] == b"PK"
    assert somebody.client.get(f"{somebody.path}resultat.exe").status_code == 404


def test_answers_are_erased_by_their_person(person: Callable[[], Person]) -> None:
    somebody = person().answer().finish()
    somebody.client.post(f"{somebody.path}effacer/")
    assert somebody.client.get(somebody.path).status_code == 404
    assert not models("Answering").objects.exists()


def mirrored(count: int, start: int = 0, **criteria: str) -> list[Person]:
    people = []
    for place in range(start, start + count):
        somebody = Person().begin().answer("well" if place % 2 else "done").finish()
        people.append(somebody.mirror(luhn(73000000 + place), **criteria))
    return people


@pytest.mark.timeout(180)
def test_the_mirror_shows_ten_organisations_after_an_administrator_opened_it_and_nine_never() -> None:
    people = mirrored(9)
    open_mirrors()
    assert "rien n’est montré" in people[0].see("miroir/")
    people += mirrored(1, 9)
    assert "est demandé" in people[9].see("miroir/")  # on request: not opened to this one
    seen = people[0].see("miroir/")
    assert "Premier quartile" in seen
    assert ">10<" in seen
    narrow = people[0].see(f"miroir/?kind=association&year={people[0].kept.finished.year}")
    assert "Premier quartile" in narrow
    assert "Réponses déclarées à la version 1" in narrow
    assert "Pairs montrés\u202f: Association (Type d’acteur)" in narrow
    one = mirrored(1, 10, territory="DEP-29")[0]
    open_mirrors()
    wider = one.see("miroir/?territory=DEP-29&kind=association")
    assert "Il a été élargi\u202f: Territoire (Finistère → Bretagne)." in wider
    assert "Premier quartile" in wider
    assert "Votre organisation n’est pas parmi elles" in wider  # alone, it waits
    assert "Votre organisation est parmi elles" in people[0].see("miroir/")
    assert people[0].kept.organisation not in seen


@pytest.mark.timeout(180)
def test_one_organisation_counts_once_and_who_leaves_is_gone() -> None:
    people = mirrored(10)
    Person().begin().answer("none").finish().mirror(luhn(73000000))
    open_mirrors()
    snapshot = models("MirrorSnapshot").objects.get()
    everybody = next(one for one in snapshot.groups if one["group"] == [])
    assert len(everybody["members"]) == 10
    people[3].client.post(f"{people[3].path}miroir/quitter/")
    assert (people[3].kept.organisation, people[3].kept.consented) == ("", None)
    told = json.dumps(models("MirrorSnapshot").objects.get().groups)
    assert luhn(73000003) not in told
    assert "rien n’est montré" in people[0].see("miroir/")


def test_who_answers_again_counts_once_and_leaves_with_all_that_they_gave(person: Callable[[], Person]) -> None:
    first = person().answer("well").finish().mirror(SIRENS[0])
    open_mirrors()
    again = Person(first.client)
    again.path = first.client.post(f"{first.path}recommencer/").headers["Location"]
    again.answer("done").finish().mirror(SIRENS[0], territory="FR")
    assert again.kept.territory == ""
    assert "vous est ouvert" in again.see("miroir/")  # opened once, it is open to the later answers
    again.client.post(f"{again.path}miroir/quitter/")
    assert [(one.consented, one.organisation) for one in (first.kept, again.kept)] == [(None, ""), (None, "")]


def test_erased_answers_do_not_bring_those_back_that_they_replaced(person: Callable[[], Person]) -> None:
    first = person().answer("well").finish().mirror(SIRENS[0])
    again = Person(first.client)
    again.path = first.client.post(f"{first.path}recommencer/").headers["Location"]
    again.answer("done").finish().mirror(SIRENS[0])
    again.client.post(f"{again.path}effacer/")
    assert (first.kept.consented, first.kept.organisation) == (None, "")


def test_only_finished_answers_with_consent_count(person: Callable[[], Person]) -> None:
    somebody = person().answer()
    told = {"siren": SIRENS[0], "kind": "association", "size": "small", "territory": "DEP-35", "consent": "on"}
    somebody.client.post(f"{somebody.path}miroir/", told)
    assert somebody.kept.consented is None
    somebody.finish()
    refused = somebody.client.post(f"{somebody.path}miroir/", {**told, "consent": ""})
    assert refused.status_code == 422
    assert somebody.kept.consented is None


def test_answers_without_a_score_in_each_dimension_are_told_that_they_do_not_count(
    person: Callable[[], Person],
) -> None:
    somebody = person().answer("na").finish()
    assert somebody.kept.finished is not None
    assert "pas de score dans vos réponses\u202f: Vision" in somebody.see("miroir/")
    somebody.mirror(SIRENS[0])
    assert "comptent désormais" not in somebody.see("miroir/")
    assert models("MirrorSnapshot").objects.get().groups == []


@pytest.mark.parametrize("siren", ["123456789", "12", "", "abcdefghi", "<script>"])
def test_a_siren_that_is_none_is_refused(person: Callable[[], Person], siren: str) -> None:
    somebody = person().answer().finish()
    told = {"siren": siren, "kind": "association", "size": "small", "territory": "DEP-35", "consent": "on"}
    reply = somebody.client.post(f"{somebody.path}miroir/", told)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()


def test_only_who_may_opens_the_mirror(client: Client, person: Callable[[], Person]) -> None:
    users = get_user_model()
    somebody = person().answer().finish().mirror(SIRENS[0])
    access = models("MirrorAccess").objects.get()
    path = "/auto-diagnostic/miroirs/"
    assert client.post(path, {"access": access.pk}).status_code == 302  # to sign in
    client.force_login(users.objects.create_user("mirror-staff", "s@example.org", "x", is_staff=True))
    assert client.get(path).status_code == 403
    assert client.post(path, {"access": access.pk}).status_code == 403
    assert "est demandé" in somebody.see("miroir/")
    admin = Client(SERVER_NAME="localhost")
    admin.force_login(users.objects.create_superuser("mirror-admin", "a@example.org", "x"))
    admin.post(path, {"access": access.pk})
    assert "est demandé" not in somebody.see("miroir/")
    opened = models("MirrorAccess").objects.get().opened
    admin.post(path, {"access": access.pk})  # pressed twice
    assert models("MirrorAccess").objects.get().opened == opened
    assert admin.post(path, {"access": "nothing"}).status_code == 404


def test_those_who_wait_for_the_mirror_come_first_and_long_lists_are_paged(person: Callable[[], Person]) -> None:
    waits, left = person().answer().finish().mirror(SIRENS[0]), person().answer().finish().mirror(SIRENS[1])
    left.client.post(f"{left.path}miroir/quitter/")
    now = timezone.now()
    for _one in range(60):
        answering = models("Answering").objects.create(questionnaire="organisations", version=1, consented=now)
        models("MirrorAccess").objects.create(answering=answering, opened=now)
    admin = Client(SERVER_NAME="localhost")
    admin.force_login(get_user_model().objects.create_superuser("mirror-admin", "a@example.org", "x"))
    pages = [admin.get(f"/auto-diagnostic/miroirs/?page={page}").content.decode() for page in (1, 2)]
    assert [page.count("<tr>") for page in pages] == [51, 13]
    assert [page.count('name="access"') for page in pages] == [1, 0]
    assert f'name="access" value="{waits.kept.mirror.pk}"' in pages[0]
    assert "a quitté le miroir" in pages[0]


def test_e_mails_tell_who_may_open_the_mirror_and_who_asked_and_nothing_else() -> None:
    users = get_user_model()
    users.objects.create_superuser("mirror-admin", "a@example.org", "x")
    users.objects.create_user("mirror-plain", "b@example.org", "x")
    owner = Client(SERVER_NAME="localhost")
    owner.force_login(users.objects.create_user("mirror-owner", "o@example.org", "x"))
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        theirs = Person(owner).begin().answer().finish().mirror(SIRENS[0])
        theirs.mirror(SIRENS[0])  # asked twice
        assert [letter.to for letter in mail.outbox] == [["a@example.org"]]
        assert "/auto-diagnostic/miroirs/" in mail.outbox[0].body
        assert not any(secret in mail.outbox[0].body for secret in (theirs.token, SIRENS[0], "o@example.org"))
        admin = Client(SERVER_NAME="localhost")
        admin.force_login(users.objects.get(username="mirror-admin"))
        for _time in range(2):
            admin.post("/auto-diagnostic/miroirs/", {"access": models("MirrorAccess").objects.get().pk})
    assert [letter.to for letter in mail.outbox[1:]] == [["o@example.org"]]
    assert f"{theirs.path}miroir/" in mail.outbox[1].body


def test_the_desk_and_the_account_lead_to_who_asks_for_the_mirror_those_who_may_alone() -> None:
    users = get_user_model()
    for name, make, may in (
        ("mirror-admin", users.objects.create_superuser, True),
        ("mirror-plain", users.objects.create_user, False),
    ):
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(make(name, f"{name}@example.org", "x"))
        pages = [browser.get("/comptes/"), *([browser.get("/admin/")] if may else [])]
        assert all(("/auto-diagnostic/miroirs/" in page.content.decode()) == may for page in pages)
        assert all(("/ressources/demandes-recues/" in page.content.decode()) == may for page in pages)


def test_a_post_from_another_site_is_refused() -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(f"{FIRST}commencer/").status_code == 403
    assert not models("Answering").objects.exists()


def test_it_stands_in_english_too(client: Client) -> None:
    page = client.get("/en/auto-diagnostic/").content.decode()
    assert "Your organisation and its alliances" in page
    somebody = Person()
    somebody.path = client.post("/en/auto-diagnostic/organisations/commencer/").headers["Location"]
    assert "Not yet" in somebody.see()
