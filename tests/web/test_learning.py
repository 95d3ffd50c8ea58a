"""Modules followed without an account: steps in order, a quiz explained, a certificate at the end, all erased."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from odd17.store.places import shipped
from odd17.web.accounts.signals import account_erased, account_told
from odd17.workflows.modules import add_module_file, current_module, current_modules

MODULE = "/apprendre/read-fragility/"
STEPS = [step.id for step in current_module("read-fragility").steps]
RIGHT = {
    f"q-{one.id}": next(choice.id for choice in one.choices if choice.right)
    for one in current_module("read-fragility").questions
}


def kept() -> Any:
    return apps.get_model("learning", "Progress").objects


@pytest.fixture(autouse=True)
def _empty(site_home: Path) -> Iterator[None]:
    caches["default"].clear()
    yield
    caches["default"].clear()
    kept().all().delete()
    get_user_model().objects.filter(email__endswith="@example.org").delete()
    for path in (site_home / "modules").glob("*.yml"):
        path.unlink()


class Learner:
    """Somebody with a browser who follows a module."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.path = self.client.post(f"{MODULE}commencer/").headers["Location"]

    @property
    def kept(self) -> Any:
        return kept().get(token=self.path.rstrip("/").rpartition("/")[2])

    def read(self, *steps: str) -> HttpResponse:
        for step in steps or STEPS:
            answer = self.client.post(f"{self.path}etapes/{step}/")
        return answer

    def answer(self, **changed: str) -> HttpResponse:
        return self.client.post(f"{self.path}quiz/", RIGHT | changed)

    def certificate(self, name: str = "Camille Exemple") -> HttpResponse:
        return self.client.post(f"{self.path}attestation/", {"name": name})

    def see(self, path: str = "") -> str:
        answer = self.client.get(f"{self.path}{path}")
        assert answer.status_code == 200
        return str(answer.content.decode())


@pytest.fixture
def learner() -> Callable[[], Learner]:
    return Learner


def signed_in(name: str) -> Client:
    account = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(account)
    return browser


def text_of(answer: HttpResponse) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_modules_are_listed_and_read_by_anybody(client: Client) -> None:
    page = client.get("/apprendre/").content.decode()
    for module in current_modules():
        assert f'href="/apprendre/{module.id}/"' in page
        own = client.get(f"/apprendre/{module.id}/").content.decode()
        for step in module.steps:
            address = f"/apprendre/{module.id}/etapes/{step.id}/"
            assert f'href="{address}"' in own
            assert client.get(address).status_code == 200
            assert client.get(f"/en{address}").status_code == 200
    assert not kept().exists()
    for nothing in ("/apprendre/nothing/", f"{MODULE}etapes/nothing/", f"/en{MODULE}etapes/nothing/"):
        assert client.get(nothing).status_code == 404


def test_every_page_that_a_module_sends_to_is_there_in_both_languages(client: Client) -> None:
    for module in current_modules():
        for page in {page.path for step in module.steps for page in step.pages}:
            for prefix in ("", "/en"):
                path, _hash, anchor = f"{prefix}{page}".partition("#")
                answer = client.get(path)
                assert answer.status_code in (200, 302), path
                assert not anchor or f'id="{anchor}"' in answer.content.decode(), page


def test_links_of_a_step_keep_the_language(client: Client) -> None:
    assert 'href="/en/regards/"' in client.get(f"/en{MODULE}etapes/gap/").content.decode()
    assert 'href="/regards/"' in client.get(f"{MODULE}etapes/gap/").content.decode()


def test_a_module_is_followed_to_its_certificate(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    assert "Lire la première étape" in somebody.see()
    assert somebody.read(*STEPS[:-1]).headers["Location"].endswith(f"/etapes/{STEPS[-1]}/")
    assert somebody.read(STEPS[-1]).headers["Location"].endswith("/quiz/")
    assert somebody.answer().status_code == 302
    result = somebody.see("quiz/")
    assert "6 bonnes réponses sur 6" in result
    for question in current_module("read-fragility").questions:
        assert all(choice.why.fr in result.replace("&#x27;", "'") for choice in question.choices)
    assert "Camille" not in somebody.see("attestation/")
    text = text_of(somebody.certificate())
    for word in ("Camille Exemple", "Lire la fragilité", "6 bonnes réponses sur 6", "Version du module"):
        assert word in text
    assert "Camille" not in json.dumps(list(kept().values()), default=str)  # kept nowhere
    client = somebody.client
    english = client.post(f"/en{somebody.path}attestation/", {"name": "Zoé d’Arc"})
    assert "Reading a territory’s fragility" in text_of(english)


def test_progress_is_opened_again_by_its_link_on_another_device(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read(*STEPS[:2])
    elsewhere = Client(SERVER_NAME="localhost").get(somebody.path).content.decode()
    assert "2 étapes lues sur 6" in elsewhere
    assert f"{somebody.path}etapes/{STEPS[2]}/" in elsewhere


def test_steps_open_in_their_order(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    assert somebody.client.get(f"{somebody.path}etapes/{STEPS[3]}/").status_code == 302
    somebody.read(STEPS[3])
    assert somebody.kept.read == []
    somebody.read(STEPS[0])
    somebody.read(STEPS[0])
    assert somebody.kept.read == STEPS[:1]
    assert somebody.client.post(f"{somebody.path}etapes/nothing/").status_code == 404


def test_no_certificate_before_completion(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    for prepare in (lambda: None, lambda: somebody.read(*STEPS[:-1]), lambda: somebody.read(STEPS[-1])):
        prepare()
        for answer in (somebody.client.get(f"{somebody.path}attestation/"), somebody.certificate()):
            assert answer.status_code == 409
            assert "%PDF" not in answer.content.decode()
    wrong = {f"q-{one.id}": one.choices[0].id for one in current_module("read-fragility").questions}
    somebody.answer(**wrong)
    assert somebody.certificate().status_code == 409
    assert somebody.kept.passed is None


def test_the_quiz_waits_for_every_step(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read(*STEPS[:-1])
    assert somebody.client.get(f"{somebody.path}quiz/").status_code == 302
    somebody.answer()
    assert somebody.kept.answers == {}


def test_a_quiz_not_passed_explains_what_was_chosen_and_is_tried_again(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read()
    questions = current_module("read-fragility").questions
    somebody.answer(**{f"q-{one.id}": next(c.id for c in one.choices if not c.right) for one in questions[:2]})
    result = somebody.see("quiz/")
    assert "4 bonnes réponses sur 6" in result
    assert "la bonne réponse" not in result  # not given away before the next try
    assert 'name="q-zero_score"' in somebody.see("quiz/?encore=1")
    somebody.answer()
    assert somebody.kept.passed is not None
    somebody.answer(**{"q-zero_score": "none"})  # passed, it does not change any more
    assert somebody.kept.answers["zero_score"] == "lowest"


@pytest.mark.parametrize("value", ["nothing", "x" * 10_000, "<script>"])
def test_answers_that_the_version_does_not_offer_are_refused(learner: Callable[[], Learner], value: str) -> None:
    somebody = learner()
    somebody.read()
    answer = somebody.answer(**{"q-peers": value})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace("<script src", "")
    assert somebody.kept.answers == {}


def test_a_question_left_out_is_named_and_nothing_typed_is_lost(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read()
    answer = somebody.client.post(f"{somebody.path}quiz/", {name: RIGHT[name] for name in list(RIGHT)[1:]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#q-zero_score"' in page
    assert page.count(" checked") == 5
    assert somebody.kept.answers == {}


@pytest.mark.parametrize(
    "name",
    ["", "   ", "<script>alert(1)</script>", "#panic(1)", "a" * 10_000, "A\x00B", "A\u202eB", "山田太郎", "Zoé 😀"],
)
def test_what_is_no_name_is_not_printed(learner: Callable[[], Learner], name: str) -> None:
    somebody = learner()
    somebody.read()
    somebody.answer()
    answer = somebody.certificate(name)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert 'role="alert"' in page


def test_what_another_account_began_is_nobody_elses(learner: Callable[[], Learner], client: Client) -> None:
    owner = Learner(signed_in("camille"))
    for stranger in (client, signed_in("autre")):
        for path in ("", f"etapes/{STEPS[0]}/", "quiz/", "attestation/", "mes-donnees.json", "effacer/"):
            assert stranger.get(f"{owner.path}{path}").status_code == 404, path
        for path in (f"etapes/{STEPS[0]}/", "quiz/", "attestation/", "effacer/"):
            assert stranger.post(f"{owner.path}{path}").status_code == 404, path
    assert owner.kept.read == []
    assert "Ce que vous avez commencé" in owner.client.get("/apprendre/").content.decode()
    assert client.get("/apprendre/suivi/guessed/").status_code == 404


def test_progress_of_nobody_is_kept_with_an_account_and_then_only_it_opens_it(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    owner = signed_in("camille")
    assert somebody.client.post(f"{somebody.path}garder/").status_code == 302  # signs in first
    assert somebody.kept.account is None
    owner.post(f"{somebody.path}garder/")
    assert somebody.kept.account.username == "camille"
    assert somebody.client.get(somebody.path).status_code == 404
    assert owner.get(somebody.path).status_code == 200


def test_a_retired_version_is_finished_and_never_begun(learner: Callable[[], Learner], tmp_path: Path) -> None:
    somebody = learner()
    text = (shipped() / "modules" / "read-fragility-1.yml").read_text(encoding="utf-8")
    newer = tmp_path / "newer.yml"
    newer.write_text(text.replace("version: 1", "version: 2").replace("id: peers", "id: who"), encoding="utf-8")
    add_module_file(newer)
    assert "version 1" in somebody.see()
    assert kept().count() == 1
    assert Learner().kept.version == 2
    somebody.read()
    assert somebody.answer().status_code == 302  # marked by the version that it was given to
    assert somebody.kept.passed is not None
    later = Learner()
    later.read()
    assert later.answer().status_code == 422  # version 2 asks `who`, which this does not answer
    retired = tmp_path / "retired.yml"
    retired.write_text(
        text.replace("id: read-fragility\nversion: 1", "id: other\nversion: 1\nretired: true"), encoding="utf-8"
    )
    add_module_file(retired)
    assert later.client.post("/apprendre/other/commencer/").status_code == 404
    assert later.client.get("/apprendre/other/").status_code == 404


def test_progress_is_taken_away_and_erased(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read(STEPS[0])
    assert json.loads(somebody.client.get(f"{somebody.path}mes-donnees.json").content)["read"] == STEPS[:1]
    somebody.client.get(f"{somebody.path}effacer/")
    assert kept().exists()
    somebody.client.post(f"{somebody.path}effacer/")
    assert not kept().exists()
    assert somebody.client.get(somebody.path).status_code == 404


def test_an_account_is_told_of_its_progress_and_takes_it_away() -> None:
    owner = Learner(signed_in("camille"))
    account = get_user_model().objects.get(username="camille")
    told = [data for _receiver, data in account_told.send(sender=None, account=account) if "learning" in data]
    assert told[0]["learning"][0]["module"] == "read-fragility"
    account_erased.send(sender=None, account=account)
    assert not kept().exists()
    assert owner.client.get(owner.path).status_code == 404


def test_what_nobody_comes_back_to_goes_after_a_year(learner: Callable[[], Learner]) -> None:
    learner()
    kept().update(touched=timezone.now() - timedelta(days=366))
    learner()
    assert kept().count() == 1


def test_a_thousand_beginnings_make_few_rows(client: Client) -> None:
    answers = [client.post(f"{MODULE}commencer/").status_code for _time in range(1000)]
    assert answers[-1] == 429
    assert kept().count() <= 60


def test_progress_is_no_part_of_the_demonstration_and_in_no_cache(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    assert somebody.client.get(f"/demonstration{somebody.path}").status_code == 404
    assert "no-store" in somebody.client.get(somebody.path).headers["Cache-Control"]


def test_forms_of_other_sites_change_nothing(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(f"{somebody.path}etapes/{STEPS[0]}/").status_code == 403
    assert strict.post(f"{somebody.path}effacer/").status_code == 403
    assert somebody.kept.read == []


def test_no_page_of_learning_is_left_in_english(learner: Callable[[], Learner]) -> None:
    somebody = learner()
    somebody.read()
    page = re.sub(r"<[^>]+>", " ", somebody.see("quiz/") + somebody.see())
    assert not re.search(r"\b(the|your|steps|answer)\b", page)
