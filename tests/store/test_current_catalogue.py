"""The catalogue of current indicators and its sources: what is promised of them, and files that are wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.indicators.recipe import COG, DomainCatalogue
from odd17.core.indicators.source import Evidence, Source
from odd17.core.kernel import DataError, domains
from odd17.core.territories import Level
from odd17.store.catalogue import indicator_from_json, indicator_to_json, read_catalogue
from odd17.store.current_catalogue import read_current_catalogue, read_domain_catalogues
from odd17.store.frames import read_frame, shipped_frame
from odd17.store.places import shipped
from odd17.store.sources import read_source, read_sources


@pytest.fixture(scope="module")
def catalogues() -> list[DomainCatalogue]:
    return read_domain_catalogues()


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return read_sources()


def test_each_of_the_sixteen_domains_has_two_indicators_and_one_at_least_of_communes_or_epci(
    catalogues: list[DomainCatalogue],
) -> None:
    assert [item.domain for item in catalogues] == [item.id for item in domains()]
    for item in catalogues:
        assert len(item.entries) >= 2, item.domain
        assert any({Level.COMMUNE, Level.EPCI} & set(entry.levels) for entry in item.entries), item.domain


def test_each_domain_says_at_which_level_it_has_nothing_to_score(catalogues: list[DomainCatalogue]) -> None:
    for item in catalogues:
        scored = [entry for entry in item.entries if entry.out_of_frame is None]
        for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION):
            if sum(level in entry.levels for entry in scored) < min(2, len(scored)):
                assert any(gap.level is level for gap in item.coverage), (item.domain, level)


def test_the_current_frame_scores_what_the_catalogue_does_not_leave_out(catalogues: list[DomainCatalogue]) -> None:
    frame = read_frame(shipped_frame("current"))
    scored = {
        (entry.indicator.id, item.domain) for item in catalogues for entry in item.entries if not entry.out_of_frame
    }
    assert {(node.id, node.parent) for node in frame.indicators} == scored
    assert {node.id for node in frame.domains} == {item.domain for item in catalogues}
    assert all(entry.indicator.direction is not Direction.UNKNOWN for item in catalogues for entry in item.entries if not entry.out_of_frame)  # fmt: skip # noqa: E501


def test_no_indicator_takes_the_name_of_one_of_the_report(catalogues: list[DomainCatalogue]) -> None:
    older = set(read_catalogue(shipped() / "catalogue" / "report-2019.yml"))
    older |= set(read_catalogue(shipped() / "catalogue" / "profile.yml"))
    assert not older & {entry.indicator.id for item in catalogues for entry in item.entries}


def test_every_source_is_used_and_none_is_said_to_be_more_sure_than_it_is(
    catalogues: list[DomainCatalogue], sources: dict[str, Source]
) -> None:
    used = {id for item in catalogues for entry in item.entries for id in entry.recipe.sources}
    assert used == set(sources)
    recorded = {id for id, source in sources.items() if source.verification.format is Evidence.RECORDED}
    assert recorded == {
        "drees-apl-nurses",
        "drees-apl-dentists",
        "drees-apl-midwives",
        "insee-bpe",
        "insee-populations",
    }
    for source in sources.values():
        if source.verification.address is Evidence.RECORDED:
            assert source.connector == "melodi"


def test_the_starter_set_is_light(sources: dict[str, Source]) -> None:
    assert sum(source.size_mb for source in sources.values() if source.starter) < 52
    assert all(source.size_mb <= 15 for source in sources.values() if source.starter)


def test_recorded_products_of_melodi_are_named_as_the_catalogue_of_insee_names_them(
    shared: Path, sources: dict[str, Source]
) -> None:
    path = shared / "sources" / "samples" / "melodi" / "get_catalog_fr.1.json"
    products = {
        item["identifier"]: {one["id"] for one in item.get("product", [])} for item in json.loads(path.read_bytes())
    }
    for source in sources.values():
        if source.connector != "melodi" or source.verification.address is not Evidence.RECORDED:
            continue
        names = [source.access["dataset"], *source.access.get("formerly", [])]
        (name,) = (name for name in names if name in products)
        pattern = source.access["product"].replace("{dataset}", name)
        pattern = re.escape(pattern).replace(re.escape("{year}"), r"\d{4}")
        assert any(re.fullmatch(pattern, product) for product in products[name]), source.id


def test_texts_are_there_in_both_languages_and_differ(catalogues: list[DomainCatalogue]) -> None:
    for item in catalogues:
        for entry in item.entries:
            for text in (entry.indicator.name, entry.indicator.definition, entry.why, entry.misses):
                assert text.fr != text.en, entry.indicator.id


def test_counts_of_indicators_by_level(catalogues: list[DomainCatalogue]) -> None:
    counts = Counter(level.value for item in catalogues for entry in item.entries for level in entry.levels)
    assert counts["EPCI"] >= 40
    assert counts["COM"] >= 35


def test_a_release_keeps_the_definition_of_each_indicator() -> None:
    for entry in read_current_catalogue().values():
        fetched = replace(entry.indicator, source=replace(entry.indicator.source, retrieved=date(2026, 1, 1)))
        assert indicator_from_json(indicator_to_json(fetched)) == fetched
        assert entry.indicator.factor == entry.recipe.factor
        assert COG not in entry.recipe.sources


def test_the_schemas_know_every_unit_and_domain() -> None:
    for name in ("catalogue", "domain-catalogue"):
        schema = json.loads(files("odd17.store.schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
        properties = schema["$defs"]["indicator"]["properties"]
        assert set(properties["unit"]["enum"]) == {unit.value for unit in Unit}
    assert schema["$defs"]["domain"]["enum"] == [item.id for item in domains()]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("source: drees-apl-gp", "source: drees-apl-pg", r"apl_gp.*drees-apl-pg.*did you mean drees-apl-gp"),
        ("columns: [APL aux médecins généralistes]", "column: APL", "column"),
        ("unit: visits_per_inhabitant", "unit: visits", "unit"),
        ("id: apl_nurses", "id: apl_gp", "defined in health.yml too"),
        ('denominator: {fr: "population standardisée", en: "standardised population"}', "note: none", "note"),
        ("levels: [COM, EPCI, DEP, REG, FR]", "levels: [IRIS]", "IRIS"),
    ],
)
def test_a_catalogue_that_is_wrong_is_named(tmp_path: Path, right: str, wrong: str, expected: str) -> None:
    text = (shipped() / "catalogue" / "current" / "health.yml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "health.yml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError, match=rf"(?s)health\.yml.*{expected}"):
        read_domain_catalogues(tmp_path)


def test_a_published_value_is_not_promised_at_a_level_that_the_source_lacks(tmp_path: Path) -> None:
    text = (shipped() / "catalogue" / "current" / "purchasing_power.yml").read_text(encoding="utf-8")
    (tmp_path / "one.yml").write_text(text.replace("levels: [COM]", "levels: [COM, EPCI]"), encoding="utf-8")
    with pytest.raises(DataError, match=r"'rent_per_m2' is kept at a level that its source does not publish.*EPCI"):
        read_domain_catalogues(tmp_path)


def test_two_files_of_one_domain_are_refused(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        shutil.copy(shipped() / "catalogue" / "current" / "sport.yml", tmp_path / name)
    with pytest.raises(DataError, match=r"b\.yml.*this domain has another file"):
        read_domain_catalogues(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("connector: file", "connector: ftp", "ftp"),
        ("https://data.arcep.fr/fixe/maconnexioninternet/statistiques", "http://data.arcep.fr/x", "access/address"),
        ("access: {address:", "access: {adress:", "adress"),
        ("level: COM", "level: {column: NIVEAU}", "goes with a column of levels"),
        ("address: code", "address: sure", "verification/address"),
        ("period: {column: date}", "period: {}", "period"),
        ("id: arcep-fibre", "id: arcep-fiber", "call it arcep-fiber.yml"),
    ],
)
def test_a_source_that_is_wrong_is_named(tmp_path: Path, right: str, wrong: str, expected: str) -> None:
    text = (shipped() / "sources" / "arcep-fibre.yml").read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "arcep-fibre.yml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError, match=rf"(?s)arcep-fibre\.yml.*{expected}"):
        read_source(path)
