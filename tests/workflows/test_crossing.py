"""The crossing of a release, from its studies to what is shown, on the studies of the demonstration."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from odd17.core.diagnosis.crossing import cross
from odd17.core.diagnosis.crossing_reading import Why, WhyCode
from odd17.core.diagnosis.crossing_tables import CROSSINGS, GAPS, PRIORITIES, Quadrant
from odd17.core.kernel import DataError, ReasonCode, UnknownTerritory, UsageError, actors, domains
from odd17.core.perceptions.tables import PERCEPTION_KEY, PERCEPTION_ORDER, PERCEPTIONS
from odd17.publishing.crossing_payload import crossing_payload
from odd17.store.releases import Release, layout, verify
from odd17.store.studies import current_studies
from odd17.workflows.build_release import build_release
from odd17.workflows.crossing import actor_crossing, crossing_of, domain_crossing, peer_crossing, perceptions_of
from odd17.workflows.demonstration import build_demonstration
from odd17.workflows.export import FileFormat
from odd17.workflows.export_crossing import crossing_json, export_crossing, export_peer_crossing, export_perceptions
from odd17.workflows.release_changes import compare_releases

FILES = (layout.PERCEPTIONS, layout.STUDIES, layout.CROSSINGS, layout.GAPS, layout.PRIORITIES)
ACTORS = tuple(actor.id for actor in actors())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crossed")


@pytest.fixture(scope="module")
def studied(home: Path) -> Release:
    """The shipped figures and eight made-up studies: four actors, two waves."""
    return build_demonstration(home)


def test_a_release_keeps_what_its_studies_tell(home: Path, studied: Release) -> None:
    assert not verify(studied)
    kept = current_studies(home / "demonstration")
    perceptions = studied.perceptions()
    told = pl.concat([study.estimates.collect() for study in kept])
    assert perceptions.height == told.height
    assert not perceptions.select(PERCEPTION_KEY).is_duplicated().any()
    assert perceptions.equals(perceptions.sort(PERCEPTION_ORDER))
    assert list(studied.studies) == [study.id for study in kept]
    assert studied.studies == {study.id: study.description for study in kept}
    assert {item["id"] for item in studied.manifest["studies"]} == set(studied.studies)
    counts = studied.manifest["counts"]
    assert counts["crossings"] == studied.crossings().height == 13 * 16 * 4


def test_no_respondent_is_in_a_release(studied: Release) -> None:
    for path in studied.path.rglob("*.parquet"):
        assert "respondent" not in pl.read_parquet_schema(path), path
    assert not [path for path in studied.path.rglob("*") if "respondents" in path.name]


def test_a_release_without_a_study_has_none_of_these_files(shipped_release: Release) -> None:
    assert not [name for name in FILES if (shipped_release.path / name).exists()]
    assert "studies" not in shipped_release.manifest
    assert shipped_release.studies == {}
    tables = (shipped_release.perceptions(), shipped_release.crossings(), shipped_release.gaps())
    assert [table.schema for table in tables] == [pl.Schema(kind) for kind in (PERCEPTIONS, CROSSINGS, GAPS)]
    assert shipped_release.priorities().schema == pl.Schema(PRIORITIES)


def test_readers_filter(studied: Release) -> None:
    found = studied.perceptions(
        territories=["REG-53"], measure="fragile", domains=["employment"], actors=["citizens"], studies=None
    )
    assert found.height == 2  # two waves
    assert studied.crossings(peer_set="REG-metropolitan", territories=["REG-53"], domains=["health"]).height == 4
    assert studied.crossings(peer_set="DEP").is_empty()
    assert studied.gaps(territories=["REG-53"], domains=["health"]).height == 6
    assert studied.priorities(territories=["REG-53"]).height == 16


def test_the_same_tables_come_from_what_the_release_holds(studied: Release) -> None:
    ranges = studied.frame.uncertainty
    # every domain of the shipped figures is decided by one indicator: no replicate is needed
    again = cross(studied.perceptions(), studied.scores(), {}, studied.cog, ranges)
    assert again.crossings.equals(studied.crossings())
    assert again.gaps.equals(studied.gaps())
    assert again.priorities.equals(studied.priorities())


def test_a_territory_reads_as_its_tables_say(studied: Release) -> None:
    views = crossing_of(studied, "REG-53")
    assert views.actors == ACTORS
    assert views.reason is None
    assert views.fictitious
    assert [row.domain for row in views.domains] == list(domains())
    assert set(views.studies) == {f"demo-{actor.replace('_', '-')}-2025" for actor in ACTORS}
    table = studied.crossings(territories=["REG-53"])
    for row in views.domains:
        for view in row.views:
            told = table.filter(pl.col("domain") == row.domain.id, pl.col("actor") == view.actor).row(0, named=True)
            assert view.share.value == told["share"]
            assert (view.gap.value if view.gap else None) == told["gap"]
            if view.gap is not None and view.objective is not None and view.rank is not None:
                assert view.gap.value == view.objective.value - view.rank.value
                assert sum(view.probabilities.values()) == pytest.approx(1)
            assert view.change is not None
            assert view.change.study == told["study"].replace("2025", "2021")
        assert [acting.actor for acting in row.acting] == ["companies", "associations"]
        assert row.blind_spot is not None
        assert row.blind_spot.study == "demo-companies-2025"
    citizens = views.domains[0].view("citizens")
    assert citizens is not None
    assert citizens.lived is not None
    assert citizens.prioritised is not None
    assert views.domains[0].view("companies") is not None


def test_rows_are_sorted_by_gap_and_by_priority(studied: Release) -> None:
    views = crossing_of(studied, "REG-53")
    gaps = [row.widest_gap() for row in views.by_gap()]
    told = [gap for gap in gaps if gap is not None]
    assert told == sorted(told, reverse=True)
    assert gaps[: len(told)] == told
    places = [row.priority.place.value for row in views.by_priority() if row.priority is not None]
    assert places == sorted(places)
    one = [row.view("citizens") for row in views.by_gap("citizens")]
    assert one[0] is not None
    assert one[0].gap is not None
    assert abs(one[0].gap.value) == max(
        abs(view.gap.value) for view in one if view is not None and view.gap is not None
    )


def test_the_reasons_of_a_place(studied: Release) -> None:
    for row in crossing_of(studied, "REG-53").domains:
        assert row.priority is not None
        codes = [why.code for why in row.priority.reasons]
        by_figures = WhyCode.WITHOUT_FIGURES if row.score.rank is None else WhyCode.ONE_INDICATOR
        assert codes[0] is by_figures
        assert codes.count(WhyCode.SEEN_BY) == 4
        seen = [why for why in row.priority.reasons if why.code is WhyCode.SEEN_BY]
        view = row.view("citizens")
        assert view is not None
        assert view.rank is not None
        expected = {"actor": "citizens", "period": "2025-10", "n": view.share.n, "rank": view.rank.value}
        expected |= {"low": view.rank.low, "high": view.rank.high, "of": view.rank.of}
        assert seen[0] == Why(WhyCode.SEEN_BY, expected)


def test_a_withheld_share_says_so_and_has_no_rank(studied: Release) -> None:
    withheld = studied.crossings().filter(pl.col("status") == "Q")
    assert withheld.height
    territory, domain, actor = withheld.select("territory", "domain", "actor").row(0)
    row = next(row for row in crossing_of(studied, territory).domains if row.domain.id == domain)
    view = row.view(actor)
    assert view is not None
    assert (view.share.value, view.share.n, view.rank, view.gap, view.quadrant) == (None, None, None, None, None)
    assert view.reason is not None
    assert view.reason.code is ReasonCode.TOO_FEW_RESPONDENTS
    assert all(gap.gap is None for gap in row.between if actor in (gap.actor, gap.other))


def test_the_country_is_seen_and_not_ranked(studied: Release) -> None:
    views = crossing_of(studied, "FRM")
    assert views.peers is None
    assert views.actors == ACTORS
    for row in views.domains:
        assert row.score.rank is None
        assert all(view.rank is None and view.share.value is not None for view in row.views)
        assert row.priority is None


def test_a_territory_of_which_nobody_was_asked(studied: Release, shipped_release: Release) -> None:
    for views in (crossing_of(studied, "DEP-35"), crossing_of(shipped_release, "REG-53")):
        assert views.reason is not None
        assert views.reason.code is ReasonCode.NO_STUDY
        assert len(views.domains) == 16
        assert views.studies == {}


def test_a_domain_shows_where_eyes_part_most_from_figures(studied: Release) -> None:
    found = domain_crossing(studied, "emploi", actor="citoyens")
    views = [row.view("citizens") for row in found.rows]
    gaps = [abs(view.gap.value) for view in views if view is not None and view.gap is not None]
    assert len(gaps) == 13
    assert gaps == sorted(gaps, reverse=True)
    assert {row.domain.id for row in found.rows} == {"employment"}


def test_the_systemic_view_has_every_domain_of_every_region(studied: Release) -> None:
    found = peer_crossing(studied)
    assert len(found.rows) == 13 * 16
    assert found.actors == ACTORS
    quadrants = {view.quadrant for row in found.rows for view in row.views} - {None}
    assert quadrants <= set(Quadrant)
    assert len(quadrants) >= 4


def test_an_actor_has_domains_levers_and_whom_it_agrees_with(studied: Release) -> None:
    found = actor_crossing(studied, "citoyens")
    assert found.territory.id == "FRM"
    shares = [view.share.value for row in found.domains if (view := row.view("citizens")) is not None]
    assert shares == sorted((share for share in shares if share is not None), reverse=True)
    assert [lever.lever for lever in found.levers] == ["vision", "action", "management"]
    worths = [lever.worth.value for lever in found.levers if lever.worth is not None and lever.worth.value is not None]
    assert sum(worths) == pytest.approx(1)
    assert found.agreement is not None
    assert found.agreement.actors == ACTORS
    assert found.agreement.year == 2025
    assert 0 <= found.agreement.w <= 1
    assert [study.id for study in found.studies] == ["demo-citizens-2025", "demo-citizens-2021"]
    here = actor_crossing(studied, "companies", "REG-53")
    assert here.territory.id == "REG-53"
    assert {item.measure.value for item in here.items} == {"trust", "ready", "partner", "partnership"}


def test_what_is_not_known_is_refused_with_what_is(studied: Release) -> None:
    with pytest.raises(UsageError, match="'nobody' is not an actor: choose one of citizens"):
        actor_crossing(studied, "nobody")
    with pytest.raises(UsageError, match="'nothing' is not a domain: choose one of employment"):
        domain_crossing(studied, "nothing")
    with pytest.raises(UsageError, match=r"No study 'none' is in this release\. It has: demo"):
        perceptions_of(studied, study="none")
    with pytest.raises(UnknownTerritory):
        crossing_of(studied, "Atlantide")


def test_every_row_of_a_file_is_dated_and_cited(studied: Release) -> None:
    views = crossing_of(studied, "REG-53")
    rows = list(csv.DictReader(io.StringIO(export_crossing(views, FileFormat.CSV, "fr").decode())))
    asked = [row for row in rows if row["measure"] != "score"]
    assert len(rows) - len(asked) == 16
    for row in rows:
        if row["measure"] == "score":
            assert (row["citation"] != "") == (row["objective_rank"] != "")
    for row in asked:
        study = studied.studies[row["study"]]
        assert row["citation"] == study.mention
        assert row["period"] == study.period
        assert row["status"]
        assert (row["estimate"] == "") == (row["n"] == "") == (row["low"] == "") == (row["absence"] != "")
        assert row["fictitious"]
    told = list(csv.DictReader(io.StringIO(export_perceptions(studied, FileFormat.CSV, "en").decode())))
    assert len(told) == studied.perceptions().height
    assert all(row["citation"] and row["period"] and row["status"] for row in told)
    assert {row["absence"] for row in told if row["status"] == "Q"} == {"too few respondents"}
    french = export_peer_crossing(domain_crossing(studied, "health"), FileFormat.FRENCH_CSV, "fr").decode("utf-8-sig")
    assert french.splitlines()[0].split(";")[1] == "Code du territoire"
    book = openpyxl.load_workbook(io.BytesIO(export_crossing(views, FileFormat.XLSX, "en")))
    notes = [str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row]
    citizens = studied.studies["demo-citizens-2025"]
    method = next(note for note in notes if "from 4 October 2025 to 25 October 2025" in note and "2,600" in note)
    assert "Weights raked to: region, age." in method
    assert any(citizens.mention in note for note in notes)


def test_the_json_is_plain_and_whole(studied: Release, shipped_release: Release) -> None:
    views = crossing_of(studied, "REG-53")
    told = json.loads(crossing_json(views, "fr"))
    assert told == json.loads(json.dumps(crossing_payload(views, "fr")))
    assert [row["domain"] for row in told["domains"]] == [domain.id for domain in domains()]
    assert told["studies"][0]["citation"] == next(iter(views.studies.values())).mention
    assert told["reason"] is None
    nothing = json.loads(crossing_json(crossing_of(shipped_release, "REG-53"), "fr"))
    assert nothing["reason"]["text"] == "Aucune étude de cette publication ne dit ce qui est vu ici."


def test_what_changed_in_the_studies_is_told(studied: Release, shipped_release: Release) -> None:
    changes = compare_releases(shipped_release, studied)
    assert [(change.id, change.what) for change in changes.studies] == [(id, "added") for id in sorted(studied.studies)]
    assert changes.figures == changes.ranks == ()
    assert compare_releases(studied, studied).studies == ()


def test_the_same_studies_give_the_same_release_and_another_study_another(
    studied: Release, home: Path, tmp_path: Path
) -> None:
    again = build_demonstration(tmp_path)
    assert again.id == studied.id
    for name in FILES:
        assert (again.path / name).read_bytes() == (studied.path / name).read_bytes(), name
    other = build_demonstration(tmp_path, seed=7)
    assert other.id != studied.id


def test_a_made_up_study_never_enters_a_real_release(home: Path, studied: Release) -> None:
    with pytest.raises(DataError, match="made-up"):
        build_release(home=home / "demonstration")
