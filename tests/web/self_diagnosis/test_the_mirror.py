"""The mirror: asked for, opened, looked into and left; who is counted, and who may not pass."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

SIRENS = ("732829320", "552100554", "542051180", "552032534", "775670417", "572015246", "542065479", "562082909",
          "542107651", "780129987", "652014051", "410034607")  # fmt: skip


@pytest.mark.timeout(180)
def test_the_mirror_shows_ten_organisations_after_an_administrator_opened_it_and_nine_never(
    open_mirrors: Any, mirrored: Any
) -> None:
    people = mirrored(9)
    open_mirrors()
    assert "rien n’est montré" in people[0].see("miroir/")
    people += mirrored(1, 9)
    assert "est demandé" in people[9].see("miroir/")  # on request: not opened to this one…
    assert "rien n’est montré" in people[0].see("miroir/")  # …which counts for nobody yet
    open_mirrors()
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
def test_one_organisation_counts_once_and_who_leaves_is_gone(
    rows: Any, visitor: Any, open_mirrors: Any, mirrored: Any
) -> None:
    people = mirrored(10)
    visitor().begin().answer("none").finish().mirror(people[0].siren)
    open_mirrors()
    snapshot = rows("MirrorSnapshot").objects.get()
    everybody = next(one for one in snapshot.groups if one["group"] == [])
    assert len(everybody["members"]) == 10
    gone = people[3].siren
    people[3].client.post(f"{people[3].path}miroir/quitter/")
    assert (people[3].kept.organisation, people[3].kept.consented) == ("", None)
    told = json.dumps(rows("MirrorSnapshot").objects.get().groups)
    assert gone not in told
    assert "rien n’est montré" in people[0].see("miroir/")


def test_who_answers_again_counts_once_and_leaves_with_all_that_they_gave(
    person: Any, visitor: Any, open_mirrors: Any
) -> None:
    first = person().answer("well").finish().mirror(SIRENS[0])
    open_mirrors()
    again = visitor(first.client)
    again.path = first.client.post(f"{first.path}recommencer/").headers["Location"]
    again.answer("done").finish().mirror(SIRENS[0], territory="FR")
    assert again.kept.territory == ""
    assert "vous est ouvert" in again.see("miroir/")  # opened once, it is open to the later answers
    again.client.post(f"{again.path}miroir/quitter/")
    assert [(one.consented, one.organisation) for one in (first.kept, again.kept)] == [(None, ""), (None, "")]


def test_erased_answers_do_not_bring_those_back_that_they_replaced(person: Any, visitor: Any) -> None:
    first = person().answer("well").finish().mirror(SIRENS[0])
    again = visitor(first.client)
    again.path = first.client.post(f"{first.path}recommencer/").headers["Location"]
    again.answer("done").finish().mirror(SIRENS[0])
    again.client.post(f"{again.path}effacer/")
    assert (first.kept.consented, first.kept.organisation) == (None, "")


def test_made_up_organisations_count_for_nothing(rows: Any, person: Any, open_mirrors: Any, mirrored: Any) -> None:
    """Ten whom nobody let in tell nothing of the one that was."""
    person().answer("well").finish().mirror(SIRENS[0])
    open_mirrors()
    mirrored(10, territory="FR")
    assert rows("MirrorSnapshot").objects.get().groups == []
    assert rows("MirrorSnapshot").objects.get().parts == {}


def test_answers_given_for_another_organisation_wait_to_be_let_in_again(
    person: Any, visitor: Any, open_mirrors: Any
) -> None:
    first = person().answer("well").finish().mirror(SIRENS[0])
    open_mirrors()
    first.mirror(SIRENS[1])
    assert "est demandé" in first.see("miroir/")
    open_mirrors()
    again = visitor(first.client)
    again.path = first.client.post(f"{first.path}recommencer/").headers["Location"]
    again.answer("done").finish().mirror(SIRENS[2])
    assert "est demandé" in again.see("miroir/")


def test_only_finished_answers_with_consent_count(person: Any) -> None:
    somebody = person().answer()
    told = {"siren": SIRENS[0], "kind": "association", "size": "small", "territory": "DEP-35", "consent": "on"}
    somebody.client.post(f"{somebody.path}miroir/", told)
    assert somebody.kept.consented is None
    somebody.finish()
    refused = somebody.client.post(f"{somebody.path}miroir/", {**told, "consent": ""})
    assert refused.status_code == 422
    assert somebody.kept.consented is None


def test_answers_without_a_score_in_each_dimension_are_told_that_they_do_not_count(person: Any, rows: Any) -> None:
    somebody = person().answer("na").finish()
    assert somebody.kept.finished is not None
    assert "pas de score dans vos réponses\u202f: Vision" in somebody.see("miroir/")
    somebody.mirror(SIRENS[0])
    assert "comptent désormais" not in somebody.see("miroir/")
    assert rows("MirrorSnapshot").objects.get().groups == []


@pytest.mark.parametrize("siren", ["123456789", "12", "", "abcdefghi", "<script>"])
def test_a_siren_that_is_none_is_refused(person: Any, siren: str) -> None:
    somebody = person().answer().finish()
    told = {"siren": siren, "kind": "association", "size": "small", "territory": "DEP-35", "consent": "on"}
    reply = somebody.client.post(f"{somebody.path}miroir/", told)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()


def test_only_who_may_opens_the_mirror(client: Client, person: Any, rows: Any) -> None:
    users = get_user_model()
    somebody = person().answer().finish().mirror(SIRENS[0])
    access = rows("MirrorAccess").objects.get()
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
    opened = rows("MirrorAccess").objects.get().opened
    admin.post(path, {"access": access.pk})  # pressed twice
    assert rows("MirrorAccess").objects.get().opened == opened
    assert admin.post(path, {"access": "nothing"}).status_code == 404


def test_those_who_wait_for_the_mirror_come_first_and_long_lists_are_paged(person: Any, rows: Any) -> None:
    waits, left = person().answer().finish().mirror(SIRENS[0]), person().answer().finish().mirror(SIRENS[1])
    left.client.post(f"{left.path}miroir/quitter/")
    now = timezone.now()
    for _one in range(60):
        answering = rows("Answering").objects.create(questionnaire="organisations", version=1, consented=now)
        rows("MirrorAccess").objects.create(answering=answering, opened=now)
    admin = Client(SERVER_NAME="localhost")
    admin.force_login(get_user_model().objects.create_superuser("mirror-admin", "a@example.org", "x"))
    pages = [admin.get(f"/auto-diagnostic/miroirs/?page={page}").content.decode() for page in (1, 2)]
    assert [page.count("<tr>") for page in pages] == [51, 13]
    assert [page.count('name="access"') for page in pages] == [1, 0]
    assert f'name="access" value="{waits.kept.mirror.pk}"' in pages[0]
    assert "a quitté le miroir" in pages[0]


def test_e_mails_tell_who_may_open_the_mirror_and_who_asked_and_nothing_else(rows: Any, visitor: Any) -> None:
    users = get_user_model()
    users.objects.create_superuser("mirror-admin", "a@example.org", "x")
    users.objects.create_user("mirror-plain", "b@example.org", "x")
    owner = Client(SERVER_NAME="localhost")
    owner.force_login(users.objects.create_user("mirror-owner", "o@example.org", "x"))
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        theirs = visitor(owner).begin().answer().finish().mirror(SIRENS[0])
        theirs.mirror(SIRENS[0])  # asked twice
        assert [letter.to for letter in mail.outbox] == [["a@example.org"]]
        assert "/auto-diagnostic/miroirs/" in mail.outbox[0].body
        assert not any(secret in mail.outbox[0].body for secret in (theirs.token, SIRENS[0], "o@example.org"))
        admin = Client(SERVER_NAME="localhost")
        admin.force_login(users.objects.get(username="mirror-admin"))
        for _time in range(2):
            admin.post("/auto-diagnostic/miroirs/", {"access": rows("MirrorAccess").objects.get().pk})
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
