"""Pulls of shipped sources from a web of this machine: composed tables over the real communes."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from odd17.core.kernel import Odd17Error, UsageError
from odd17.core.territories import Cog
from odd17.store.connectors.http import Client
from odd17.store.datasets import list_snapshots
from odd17.store.territories import load_shipped_cog
from odd17.workflows.pull import Happened, Outcome, pull
from odd17.workflows.pull_choice import Choice, plan
from odd17.workflows.pull_cog import differences
from odd17.workflows.pull_outdated import outdated
from odd17.workflows.pull_releases import ReleasesAlong
from odd17.workflows.pull_status import State, StatusFile, is_due, read_status

CULTURE = "data.culture.gouv.fr/api/explore/v2.1/catalog/datasets/base-des-lieux-et-des-equipements-culturels"
POPULATIONS = "api.insee.fr/melodi/catalog/DS_POPULATIONS_REFERENCE"
CHOICE = Choice(indicators=("culture_places",))


@pytest.fixture(scope="session")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture
def client(web) -> Client:
    return Client(
        sleep=lambda seconds: None, chance=random.Random(1), mirror=web.address,
        now=lambda: datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip


def places(header: str = "code_insee;type_equipement_ou_lieu;domaine", more: str = "") -> bytes:
    rows = "35238;Cinéma;x\n35238;Bibliothèque;x\n35238;Monument;x\n75101;Musée;x\n75102;Musée;x\n"
    return f"\ufeff{header}\n{rows}{more}".encode()


@pytest.fixture
def populations(melodi, cog):
    """The entry of the catalogue, and a file that gives every commune 1,000 inhabitants."""
    header = "GEO;GEO_OBJECT;FREQ;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE\n"
    body = "".join(f"{code};COM;A;PMUN;2023;1000\n" for code in cog.memberships["commune"])
    return melodi("DS_POPULATIONS_REFERENCE", header + body)


@pytest.fixture
def ready(web, reply, populations):
    """A web where both sources of ``culture_places`` answer."""
    for address, body in populations.items():
        web.put(address, reply(body))
    web.put(CULTURE, reply(b'{"metas": {"default": {"title": "Basilic", "modified": "2026-01-01"}}}'))
    web.put(f"{CULTURE}/exports/csv", reply(places()))


def run(home: Path, cog: Cog, client: Client, choice: Choice = CHOICE, **more):
    found = pull(choice, home=home, cog=cog, client=client, **more)
    return found, {item.source.id: item for item in found.outcomes}


def figures(home: Path, dataset: str = "culture-places") -> dict[str, float | None]:
    snapshot = next(item for item in list_snapshots(home) if item.dataset == dataset and item.is_current)
    table = pl.read_parquet(snapshot.path / "observations.parquet")
    return dict(table.select("territory", "value").iter_rows())


def test_a_ratio_of_two_sources_at_every_level(ready, cog, client, tmp_path):
    found, by_id = run(tmp_path, cog, client)
    assert by_id["culture-places"].happened is Happened.FETCHED
    assert by_id["culture-places"].changed
    values = figures(tmp_path)
    assert values["COM-35238"] == pytest.approx(200.0)  # two places, the monument left out, for 1,000 people
    assert values["COM-01001"] == 0.0  # no row in an inventory: none
    assert values["COM-75056"] == pytest.approx(200.0)  # its arrondissements are folded
    assert values["DEP-75"] == pytest.approx(200.0)
    assert values["FR"] == pytest.approx(1e5 * 4 / (1000 * cog.memberships.height))
    snapshot = next(item for item in list_snapshots(tmp_path) if item.dataset == "culture-places")
    assert snapshot.provenance.sha256 is not None
    assert str(snapshot.provenance.published) == "2026-01-01"
    inputs = json.loads((snapshot.path / "raw" / "inputs.json").read_bytes())
    assert set(inputs["files"]) == {"culture-places", "insee-populations"}
    # the movements of the COG did not answer: the rest is in
    assert [item.source.id for item in found.failed] == ["insee-cog-movements"]


def test_nothing_changes_where_nothing_changed(ready, web, cog, client, tmp_path):
    run(tmp_path, cog, client)
    before = sorted(str(path) for path in (tmp_path / "datasets").rglob("*"))
    asked = len(web.asked)
    found, by_id = run(tmp_path, cog, client)
    assert not found.changed
    assert by_id["culture-places"].happened is Happened.UNCHANGED
    assert sorted(str(path) for path in (tmp_path / "datasets").rglob("*")) == before
    # both services say the same date: neither file is asked for again
    assert not [path for path, _ in web.asked[asked:] if "exports" in path or "/file/" in path]


def test_codes_of_no_territory_are_left_out_and_said(ready, web, reply, cog, client, tmp_path):
    known = "".join(f"{code};Musée;x\n" for code in cog.memberships["commune"][:40])
    web.put(f"{CULTURE}/exports/csv", reply(places(more=known + "98736;Musée;x\n")))
    _, by_id = run(tmp_path, cog, client)
    assert "COM-98736" not in figures(tmp_path)
    assert by_id["culture-places"].notes == ("culture_places: 1 rows are of no territory, and left out",)


def test_rows_of_former_communes_are_counted_with_the_one_that_holds_them(ready, web, reply, cog, client, tmp_path):
    # Béon is a part of Culoz-Béon since 2023: the register has places under both codes, and says of which year neither
    web.put(f"{CULTURE}/exports/csv", reply(places(more="01039;Musée;x\n01138;Musée;x\n")))
    _, by_id = run(tmp_path, cog, client)
    values = figures(tmp_path)
    assert values["COM-01138"] == pytest.approx(200.0)
    assert "COM-01039" not in values
    assert by_id["culture-places"].notes == ()


def test_a_file_of_other_codes_is_refused(ready, web, reply, cog, client, tmp_path):
    web.put(f"{CULTURE}/exports/csv", reply(places(more="98736;Musée;x\n")))
    _, by_id = run(tmp_path, cog, client)
    assert by_id["culture-places"].happened is Happened.FAILED
    assert "COM-98736" in by_id["culture-places"].why


def test_a_changed_header_is_refused_and_what_was_there_stays(ready, web, reply, cog, client, tmp_path):
    run(tmp_path, cog, client)
    before = figures(tmp_path)
    web.put(CULTURE, reply(b'{"metas": {"default": {"modified": "2026-06-01"}}}'))
    web.put(f"{CULTURE}/exports/csv", reply(places("codeinsee;type_equipement_ou_lieu;domaine")))
    _, by_id = run(tmp_path, cog, client)
    outcome = by_id["culture-places"]
    assert outcome.happened is Happened.FAILED
    assert "code_insee (now codeinsee?)" in outcome.why
    assert figures(tmp_path) == before


def test_a_page_of_html_in_the_place_of_the_file_is_refused(ready, web, reply, cog, client, tmp_path):
    page = b"<!doctype html><title>Maintenance</title>"
    web.put(f"{CULTURE}/exports/csv", reply(page, headers={"Content-Type": "text/html"}))
    _, by_id = run(tmp_path, cog, client)
    assert "Maintenance" in by_id["culture-places"].why
    assert not (tmp_path / "datasets").exists()


def test_a_source_that_fails_serves_as_it_was(ready, web, reply, cog, client, tmp_path):
    run(tmp_path, cog, client)
    web.put(POPULATIONS, reply(status=404))
    web.put(CULTURE, reply(b'{"metas": {"default": {"modified": "2026-06-01"}}}'))
    web.put(f"{CULTURE}/exports/csv", reply(places(more="35238;Musée;x\n")))
    _, by_id = run(tmp_path, cog, client)
    assert by_id["insee-populations"].happened is Happened.FAILED
    assert figures(tmp_path)["COM-35238"] == pytest.approx(300.0)


def test_an_indicator_without_its_denominator_is_left_out_and_said(ready, web, reply, cog, client, tmp_path):
    web.put(POPULATIONS, reply(status=404))
    _, by_id = run(tmp_path, cog, client)
    assert by_id["culture-places"].happened is Happened.FAILED
    assert "insee-populations: the file was not fetched" in by_id["culture-places"].why


def test_silence_everywhere_is_offline(cog, tmp_path):
    silent = Client(mirror="http://127.0.0.1:9", sleep=lambda seconds: None)
    found, _ = run(tmp_path, cog, silent, Choice(starter=True))
    assert found.offline
    assert len(found.outcomes) < 5


def test_two_pulls_do_not_run_at_once(ready, cog, client, tmp_path):
    def second(outcomes: object) -> None:
        with pytest.raises(Odd17Error, match="Another pull is running"):
            pull(CHOICE, home=tmp_path, cog=cog, client=client)

    run(tmp_path, cog, client, after=second)


def test_choices_are_told_apart():
    everything = plan(Choice())
    starter = plan(Choice(starter=True))
    assert {item.id for item in starter.fetched} == {item.id for item in everything.fetched if item.starter}
    assert [item.starter for item in everything.fetched] == sorted(item.starter for item in everything.fetched)[::-1]
    assert {item.id for item in plan(CHOICE).fetched} == {"culture-places", "insee-populations"}
    assert "culture-places" in {item.id for item in plan(Choice(domains=("culture",))).fetched}
    with pytest.raises(UsageError, match="Did you mean culture"):
        plan(Choice(domains=("cultur",)))


def test_what_is_newer_is_named(ready, web, reply, cog, client, tmp_path):
    run(tmp_path, cog, client)
    standing = {item.source.id: item for item in outdated(home=tmp_path, client=client, choice=CHOICE)}
    assert (standing["culture-places"].is_newer, standing["insee-populations"].is_newer) == (False, False)
    web.put(CULTURE, reply(b'{"metas": {"default": {"modified": "2026-06-01"}}}'))
    web.put(POPULATIONS, reply(status=404))
    standing = {item.source.id: item for item in outdated(home=tmp_path, client=client, choice=CHOICE)}
    assert standing["culture-places"].is_newer
    assert "404" in standing["insee-populations"].why


def test_the_status_file_tells_how_it_goes(ready, cog, client, tmp_path):
    assert is_due(tmp_path)
    status = StatusFile(tmp_path)
    seen = []

    def look(outcomes):
        status.outcomes(outcomes)
        seen.append(read_status(tmp_path))

    run(tmp_path, cog, client, tell=status.step, after=look)
    assert seen[0].state is State.RUNNING
    assert (seen[0].done, seen[0].total) == (1, 3)
    assert seen[0].failed[0][0].en == "Code officiel géographique: movements between communes"
    assert not is_due(tmp_path, datetime(2100, 1, 1, tzinfo=UTC))  # it is running
    status.built("2026-01-01-abc")
    status.end(State.DONE)
    done = read_status(tmp_path)
    assert (done.state, done.release, len(done.fetched)) == (State.DONE, "2026-01-01-abc", 2)
    # a source failed: it is tried again a day later, not before
    assert not is_due(tmp_path, done.updated + timedelta(hours=23))
    assert is_due(tmp_path, done.updated + timedelta(days=1))


def test_figures_are_kept_as_soon_as_all_that_they_need_is_there(ready, cog, client, tmp_path):
    there = []

    def look(outcomes):
        there.append([item.dataset for item in list_snapshots(tmp_path)])

    choice = Choice(indicators=("culture_places", "culture_facilities"))
    _, by_id = run(tmp_path, cog, client, choice, after=look)
    assert list(by_id)[1:] == ["insee-populations", "insee-bpe", "culture-places"]
    assert there == [[], [], [], ["culture-places"]]


def test_releases_are_built_between_sources_and_not_too_often():
    now, built = [0.0], []
    along = ReleasesAlong(lambda: built.append(now[0]), clock=lambda: now[0])
    source = plan(CHOICE).fetched[0]
    same, new = Outcome(source, Happened.UNCHANGED), Outcome(source, Happened.FETCHED, changed=True)
    for seconds, outcomes in ((0, []), (10, [same]), (20, [new]), (30, [new]), (40, [new, new]), (400, [new, new])):
        now[0] = seconds
        along.outcomes(outcomes)
        along.between()
    assert built == [20, 400]  # the first at once, the next five minutes later, none where nothing is new


def test_a_build_that_is_refused_does_not_stop_the_pull():
    def refused() -> None:
        raise Odd17Error("Another release is being built here.")

    along = ReleasesAlong(refused, changed=1)
    along.between()
    assert along.built == 1


def test_a_pull_that_was_killed_is_seen_as_stopped(tmp_path):
    facts = {"state": "running", "process": 2**22 + 1, "started": "2026-01-01T00:00:00+00:00",
             "updated": "2026-01-01T00:00:00+00:00", "done": 0, "total": 1, "doing": "fetch", "current": None,
             "fetched": [], "failed": [], "release": None}  # fmt: skip
    (tmp_path / "pull.json").write_text(json.dumps(facts))
    assert read_status(tmp_path).state is State.STOPPED
    (tmp_path / "pull.json").write_text("{")
    assert read_status(tmp_path) is None


def test_differences_name_communes(cog):
    theirs = cog.memberships.select("commune", "departement", "region", "epci")
    assert differences(theirs, cog.memberships) == (f"{theirs.height:,} communes, the same as here",)
    changed = theirs[1:].with_columns(epci=pl.when(pl.col("commune") == "35238").then(None).otherwise("epci"))
    found = differences(changed, cog.memberships)
    assert found[0] == f"1 communes are not there: {theirs['commune'][0]}"
    assert found[1].startswith("1 communes have another epci there: 35238 (–, here ")
