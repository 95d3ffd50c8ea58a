"""Who works on a programme: private until its owner publishes it, joined by a link, left, commented, forgotten."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.test import Client
from django.utils import timezone

from odd17.web.accounts.signals import account_erased, account_told

Runner = Any  # the class of the fixture ``runner``


def kept(name: str) -> Any:
    return apps.get_model("programmes", name).objects


def totals(page: str) -> list[int]:
    told = page.split('<dl class="profile">')[1].split("</dl>")[0]
    return [int(part.split("</dd>")[0]) for part in told.split("<dd>")[1:]]


def test_a_programme_is_private_until_its_owner_publishes_it(
    runner: Callable[[str], Runner], two: tuple[str, Runner, Runner], client: Client
) -> None:
    path, owner, other = two
    stranger = runner("stranger")
    key = path.strip("/").rpartition("/")[2]
    private = ["", "mesures/1/", "changements/", "bilan.csv", "bilan.pdf", "chantiers/w1/"]
    for page in private:
        assert client.get(path + page).status_code == 404, page
        stranger.get(path + page, 404)
        assert owner.client.get(path + page).status_code == 200, page
    stranger.get(f"{path}gerer/", 404)
    stranger.post(f"{path}gerer/publier/", 404)
    stranger.post(f"{path}gerer/bilans/nouveau/", 404, day="2024-06-01", level_1="satisfactory")
    assert client.get(f"{path}gerer/").status_code == 302  # to sign in, whatever is there
    assert client.get("/programmes/nothing/gerer/").status_code == 302
    assert key not in html.unescape(client.get("/programmes/").content.decode())
    assert key not in owner.client.get("/api/v1/programmes").content.decode()
    assert owner.client.get(f"/api/v1/programmes/{key}").status_code == 404
    assert key not in client.get("/robots.txt").content.decode() + client.get("/sitemap.xml").content.decode()
    other.post(f"{path}gerer/publier/")
    assert kept("Programme").get().published is None
    owner.post(f"{path}gerer/publier/")
    assert client.get(path).status_code == 200
    assert "Plan climat" in client.get("/programmes/").content.decode()
    assert client.get(f"/demonstration{path}").status_code == 404
    stranger.get(f"{path}gerer/", 404)


def test_the_last_editor_does_not_leave_and_an_owner_hands_over(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/quitter/")
    owner.get(f"{path}gerer/", 404)
    assert kept("Editor").get().account == other.account
    assert kept("Editor").get().owner
    other.post(f"{path}gerer/quitter/")
    assert kept("Editor").count() == 1


def test_a_link_lets_one_account_in_once(runner: Callable[[str], Runner], two: tuple[str, Runner, Runner]) -> None:
    token = kept("EditorInvitation").get().token
    runner("late").get(f"/programmes/rejoindre/{token}/", 404)


def test_the_owner_takes_somebody_off_and_nobody_else_does(
    runner: Callable[[str], Runner], two: tuple[str, Runner, Runner]
) -> None:
    path, owner, other = two
    places = {place.account.username: place.pk for place in kept("Editor").select_related("account")}
    other.post(f"{path}gerer/personnes/{places['runs-owner']}/retirer/")
    owner.post(f"{path}gerer/personnes/{places['runs-owner']}/retirer/")  # nor oneself: one leaves
    runner("stranger").post(f"{path}gerer/personnes/{places['runs-other']}/retirer/", 404)
    assert kept("Editor").count() == 2
    owner.post(f"{path}gerer/personnes/{places['runs-other']}/retirer/")
    other.get(f"{path}gerer/", 404)
    other.get(path, 404)
    elsewhere = runner("elsewhere")
    elsewhere.begin()
    theirs = kept("Editor").get(account=elsewhere.account).pk
    owner.post(f"{path}gerer/personnes/{theirs}/retirer/", 404)
    assert kept("Editor").filter(pk=theirs).exists()


def test_a_link_is_withdrawn_or_ends_after_thirty_days(
    runner: Callable[[str], Runner], two: tuple[str, Runner, Runner]
) -> None:
    path, owner, other = two
    late = runner("late")
    for _number in range(2):
        owner.post(f"{path}gerer/inviter/")
    gone, old = kept("EditorInvitation").filter(used=None)
    late.post(f"{path}gerer/inviter/{gone.pk}/retirer/", 404)
    other.post(f"{path}gerer/inviter/{gone.pk}/retirer/")
    kept("EditorInvitation").filter(pk=old.pk).update(made=timezone.now() - timedelta(days=31))
    for one in (gone, old):
        late.get(f"/programmes/rejoindre/{one.token}/", 404)
        late.post(f"/programmes/rejoindre/{one.token}/", 404)
        assert one.token not in owner.get(f"{path}gerer/")


def test_comments_are_for_editors(two: tuple[str, Runner, Runner], client: Client) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/commenter/", text="<b>Attention</b> au puits", measure="1")
    owner.post(f"{path}gerer/commenter/", 422, text="", measure="77")
    assert "Attention" in other.get(f"{path}gerer/")
    assert b"<b>Attention" not in other.client.get(f"{path}gerer/").content
    owner.post(f"{path}gerer/publier/")
    assert "Attention" not in client.get(path).content.decode() + client.get(f"{path}mesures/1/").content.decode()


def test_who_wrote_a_comment_changes_or_removes_it_and_the_act_stays(
    runner: Callable[[str], Runner], two: tuple[str, Runner, Runner]
) -> None:
    path, owner, other = two
    owner.post(f"{path}gerer/commenter/", text="un mot trop vif")
    here = f"{path}gerer/commentaires/{kept('ProgrammeComment').get().pk}/"
    for stranger in (other, runner("stranger")):
        stranger.get(here, 404)
        stranger.post(here, 404, text="autre chose")
        stranger.post(f"{here}retirer/", 404)
    assert here in owner.get(f"{path}gerer/")
    assert here not in other.get(f"{path}gerer/")
    owner.post(here, 422, text=" ")
    owner.post(here, text="un mot plus doux")
    page = other.get(f"{path}gerer/")
    assert "un mot plus doux" in page
    assert "trop vif" not in page
    assert "modifié le" in page
    owner.post(f"{here}retirer/")
    page = other.get(f"{path}gerer/")
    assert "plus doux" not in page
    assert "retiré le" in page
    assert kept("ProgrammeComment").get().by == owner.account
    owner.post(here, 404, text="encore")
    owner.post(f"{here}retirer/", 404)


def test_comments_have_a_limit_and_say_who_reads_them(two: tuple[str, Runner, Runner]) -> None:
    path, owner, _other = two
    assert "Ceux qui tiennent ce programme" in owner.get(f"{path}gerer/")
    for number in range(30):
        owner.post(f"{path}gerer/commenter/", text=f"mot {number}")
    page = html.unescape(owner.post(f"{path}gerer/commenter/", 429, text="trois mots à garder").content.decode())
    assert "trois mots à garder" in page
    assert kept("ProgrammeComment").count() == 30


def test_of_an_erased_person_the_name_goes_and_the_act_stays(two: tuple[str, Runner, Runner]) -> None:
    path, owner, other = two
    other.publish(owner.draft(path, level_1="satisfactory"))
    owner.post(f"{path}gerer/commenter/", text="un mot")
    told = [reply for _hears, reply in account_told.send(None, account=owner.account) if "programmes" in reply]
    assert told[0]["programmes"][0]["reviews"] == 1
    name = owner.account.username
    account_erased.send(None, account=owner.account)
    owner.account.delete()
    review = kept("ProgrammeReview").get()
    assert review.by is None
    assert review.published is not None
    page = other.get(f"{path}gerer/")
    assert name not in page
    assert "un mot" in page
    assert kept("Editor").get().owner


def test_a_private_programme_goes_with_its_only_editor_and_a_public_one_stays(
    runner: Callable[[str], Runner], client: Client
) -> None:
    alone = runner("alone")
    private = alone.begin().headers["Location"]
    public = alone.begin(two="").headers["Location"].removesuffix("gerer/")
    alone.publish(alone.draft(public, level_1="satisfactory"))
    alone.post(f"{public}gerer/publier/")
    account_erased.send(None, account=alone.account)
    alone.account.delete()
    assert kept("Programme").count() == 1
    assert totals(html.unescape(client.get(public).content.decode()))[1] == 1
    assert private not in client.get("/programmes/").content.decode()
