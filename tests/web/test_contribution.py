"""The territory before, during and after an alliance: chosen, read, shown when all agree; and a programme's measure."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from odd17.core.territories.levels import Level
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset

WARNING = "Ce n’est pas une preuve de cause"


def kept(name: str) -> Any:
    return apps.get_model("alliances", name).objects


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, site_home: Path) -> Path:
    """A home whose regions have ``many``, over five years, and ``one``, in 2021 alone; both fictional."""
    folder, made = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("home")
    (made / "static").symlink_to(site_home / "static")
    lines = ["code,year,many,one"]
    for code in (id.removeprefix("REG-") for id in load_shipped_cog().at(Level.REGION)):
        for year in range(2017, 2022):
            many = 20.0 - 2 * (year - 2017) if code == "53" else 20.0 + 0.5 * (year - 2017)
            lines.append(f"{code},{year},{many},{7.5 if year == 2021 else ''}")
    (folder / "made.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = {
        "id": "made",
        "title": "Fictional",
        "source": {"producer": "Nobody", "citation": "Inventé", "licence": "none", "published": "2026-01-01"},
        "territories": {"column": "code", "level": "REG", "vintage": 2026},
        "period": {"column": "year"},
        "columns": {name: name for name in ("many", "one")},
        "indicators": {
            name: {
                "name": {"fr": f"Chiffre {name}", "en": name},
                "definition": {"fr": name, "en": name},
                "unit": "percent",
                "direction": "fragility_up",
                "domain": "education",
            }
            for name in ("many", "one")
        },
    }
    (folder / "made.yml").write_text(yaml.safe_dump(dataset), encoding="utf-8")
    import_dataset(folder / "made.csv", folder / "made.yml", home=made, cog=load_shipped_cog())
    build_release(home=made)
    return made


@pytest.fixture(autouse=True)
def _seen(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ODD17_HOME", str(home))
    yield
    kept("Alliance").all().delete()
    get_user_model().objects.filter(username__startswith="fig-").delete()
    caches["default"].clear()


class Member:
    """Somebody who acts for an organisation of the alliance."""

    def __init__(self, name: str, alliance: Any = None, *, steward: bool = False) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.account = get_user_model().objects.create_user(f"fig-{name}", f"{name}@example.org", "x")
        self.client.force_login(self.account)
        if alliance is not None:
            today = timezone.localdate()
            self.partner = kept("Partner").create(
                alliance=alliance, name=name, kind="association", joined=today, agrees=True
            )
            kept("Person").create(partner=self.partner, account=self.account, steward=steward)

    def get(self, path: str, status: int = 200) -> str:
        reply = self.client.get(path)
        assert reply.status_code == status, (path, reply.status_code)
        return html.unescape(str(reply.content.decode()))

    def post(self, path: str, status: int = 302, **told: Any) -> str:
        reply = self.client.post(path, told)
        assert reply.status_code == status, (path, reply.status_code)
        return html.unescape(str(reply.content.decode()))


@pytest.fixture
def alliance() -> Any:
    return kept("Alliance").create(
        title="Une cantine", need="Manger.", territory="REG-53", domains=["education"], begun=date(2019, 3, 1)
    )


@pytest.fixture
def two(alliance: Any) -> tuple[str, Member, Member]:
    return f"/alliances/{alliance.pk}/", Member("steward", alliance, steward=True), Member("other", alliance)


def choose(person: Member, path: str, version: int = 0, status: int = 302, **told: Any) -> str:
    return person.post(f"{path}territoire/", status, **{"version": version, "indicateur": ["many"]} | told)


def test_members_choose_indicators_and_read_them_with_drawing_table_source_and_warning(
    two: tuple[str, Member, Member],
) -> None:
    path, steward, other = two
    assert 'href="/alliances/' in steward.get(path)
    first = steward.get(f"{path}territoire/")
    assert re.search(r"Chiffre many.{0,60}5 périodes", first, re.S)
    assert "choisissez ceux qui en ont plusieurs" in first
    assert WARNING not in first  # nothing is read yet
    choose(steward, path, indicateur=["many", "one"], ended="2020-06-30")
    page = other.get(f"{path}territoire/")
    assert WARNING in page
    assert page.count("<svg") >= 1
    plain = page.replace("\u202f", " ").replace("\xa0", " ")
    assert "De 2018 à 2020 : −4,0 pt." in plain
    assert "+1,0 pt, de +1,0 pt à +1,0 pt (5 jumeaux)" in plain
    assert "Plus bas que le changement de chacun de ses jumeaux" in plain
    assert "Il n’y a qu’une période : 7,5 % en 2021" in plain
    assert plain.count("Inventé") >= 2
    assert plain.split('id="f-one"')[1].count("<svg") == 0
    assert "Conserver ce choix" not in page  # only who may change the alliance chooses
    choose(other, path, 1, 403)


def test_while_the_alliance_acts_nothing_is_after(two: tuple[str, Member, Member]) -> None:
    path, steward, _other = two
    choose(steward, path)
    rows = steward.get(f"{path}territoire/").split('id="c-many"')[1].split("</table>")[0]
    assert [name for name in ("Avant", "Pendant", "Après") if f">{name}</th>" in rows] == ["Avant", "Pendant"]


def test_who_may_not_pass_finds_nothing(two: tuple[str, Member, Member], client: Client) -> None:
    path, steward, other = two
    choose(steward, path)
    stranger = Member("stranger")
    for page in ("territoire/", "territoire/csv/"):
        stranger.get(path + page, 404)
        assert client.get(path + page).status_code == 302
        assert client.get(f"/demonstration{path}{page}").status_code == 404
    stranger.post(f"{path}territoire/", 404, version=1)
    stranger.post(f"{path}territoire/accord/", 404, version=1, agrees="1")
    kept("Person").filter(partner=other.partner).update(left=timezone.now())
    other.get(f"{path}territoire/", 404)


def test_the_public_card_shows_them_once_all_agree_and_asks_anew_for_others(
    two: tuple[str, Member, Member], client: Client
) -> None:
    path, steward, other = two

    def card() -> str:
        return html.unescape(client.get(f"{path}carte/").content.decode())

    choose(steward, path)
    assert WARNING not in card()
    steward.post(f"{path}territoire/accord/", version=1, agrees="1")
    assert WARNING not in card()
    other.post(f"{path}territoire/accord/", version=1, agrees="1")
    assert WARNING in card()
    assert "Chiffre many" in card()
    choose(steward, path, 1)  # the same choice asks nobody anew
    assert WARNING in card()
    choose(steward, path, 2, indicateur=["one"])
    assert WARNING not in card()
    other.post(f"{path}territoire/accord/", version=2, agrees="1")  # what they read was another choice
    assert not kept("ChosenFigures").get().agreed.exists()


def test_a_partner_who_joins_is_asked_before_the_card_shows_figures(
    two: tuple[str, Member, Member], alliance: Any, client: Client
) -> None:
    path, steward, other = two
    choose(steward, path)
    for one in (steward, other):
        one.post(f"{path}territoire/accord/", version=1, agrees="1")
    Member("third", alliance)
    assert WARNING not in html.unescape(client.get(f"{path}carte/").content.decode())


def test_of_two_who_choose_the_second_is_told_and_loses_nothing(two: tuple[str, Member, Member], alliance: Any) -> None:
    path, steward, _other = two
    again = Member("third", alliance, steward=True)
    choose(steward, path)
    page = choose(again, path, 0, 409, indicateur=["one"], ended="2020-01-01")
    assert "Rien de vous n’est perdu" in page
    assert re.search(r'value="one"\s+checked', page)
    assert 'value="2020-01-01"' in page
    assert 'name="version" value="1"' in page
    assert kept("ChosenFigures").get().indicators == ["many"]
    choose(again, path, 1, indicateur=["one"])
    assert kept("ChosenFigures").get().indicators == ["one"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"ended": "2018-01-01"}, "avant le début"),
        ({"ended": str(date(2100, 1, 1))}, "pas encore fini"),
        ({"ended": "demain"}, "date valide"),
        ({"ended": "2020-02-30"}, "date valide"),
    ],
)
def test_an_end_that_cannot_be_is_refused(two: tuple[str, Member, Member], told: dict[str, str], words: str) -> None:
    path, steward, _other = two
    page = choose(steward, path, status=422, **told)
    assert words in page
    assert re.search(r'value="many"\s+checked', page)
    assert not kept("ChosenFigures").exists()


def test_an_indicator_that_the_release_lacks_is_left_out(two: tuple[str, Member, Member]) -> None:
    path, steward, _other = two
    choose(steward, path, indicateur=["nothing", "many", "many"])
    assert kept("ChosenFigures").get().indicators == ["many"]
    choose(steward, path, "x", 409)


def test_the_figures_are_taken_away_and_stand_in_the_report_of_evaluation(
    two: tuple[str, Member, Member], alliance: Any
) -> None:
    path, steward, other = two
    other.get(f"{path}territoire/csv/", 404)  # nothing is chosen
    choose(steward, path)
    rows = list(csv.DictReader(io.StringIO(other.client.get(f"{path}territoire/csv/").content.decode())))
    assert {row["phase"] for row in rows} == {"avant", "pendant"}
    for kind in ("tableur-fr", "xlsx"):
        assert other.client.get(f"{path}territoire/{kind}/").status_code == 200
    other.get(f"{path}territoire/exe/", 404)
    yesterday = timezone.localdate() - timedelta(1)
    round_ = kept("Evaluation").create(alliance=alliance, mode="tell", opened=yesterday, closes=yesterday)
    round_.asked.set([steward.partner])
    report = steward.client.get(f"{path}evaluations/{round_.pk}/rapport-sans-noms.docx")
    assert report.status_code == 200
    assert b"PK" in report.content[:4]
