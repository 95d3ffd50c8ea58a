"""The catalogue of indicators: the shipped file, the form inside a release, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.indicators.indicator import Direction
from odd17.core.kernel import DataError, Text, domains
from odd17.store.catalogue import indicator_from_json, indicator_to_json, read_catalogue
from odd17.store.places import shipped

META = "id: source\ntitle: T\nproducer: P\ncitation: C\nlicence: L\npublished: 2024-01-01\n"
ENTRY = """
  - id: some_rate
    name: {fr: Un taux, en: A rate}
    definition: {fr: Ce qu’il mesure, en: What it measures}
    unit: percent
    direction: fragility_up
    direction_status: ours
    domain: employment
"""


def _catalogue(folder: Path, entries: str, head: str = "provenance: source.meta.yml\nindicators:") -> Path:
    (folder / "source.meta.yml").write_text(META, encoding="utf-8")
    path = folder / "catalogue.yml"
    path.write_text(head + entries, encoding="utf-8")
    return path


def test_the_shipped_catalogue_says_which_way_each_row_speaks_and_who_says_so() -> None:
    catalogue = read_catalogue(shipped() / "catalogue" / "report-2019.yml")
    assert {id: (item.direction.value, item.direction_status) for id, item in catalogue.items()} == {
        "unemployment_rate": ("fragility_up", "attested"),
        "enterprise_change": ("fragility_down", "attested"),
        "purchasing_power_report": ("fragility_down", "ours"),
        "housing_report": ("fragility_up", "inferred"),
        "disability_report": ("fragility_up", "ours"),
        "ageing_report": ("fragility_up", "ours"),
        "digital_access_2016": ("fragility_up", "ours"),
        "culture_2018": ("fragility_down", "ours"),
        "digital_access_2017": ("unknown", "ours"),
        "co2_per_inhabitant": ("fragility_up", "attested"),
    }
    assert "damaged" in catalogue["housing_report"].definition.en
    assert "poverty" in catalogue["housing_report"].definition.en


def test_seven_of_the_sixteen_domains_have_no_shipped_indicator() -> None:
    covered = {item.domain for item in read_catalogue(shipped() / "catalogue" / "report-2019.yml").values()}
    assert [item.id for item in domains() if item.id not in covered] == [
        "poverty_exclusion",
        "education",
        "health",
        "sport",
        "mobility",
        "social_ties",
        "energy_transition",
    ]


def test_every_indicator_cites_the_study_in_full() -> None:
    mention = "Etude IMPACT - Territoires – Comis-Le RAMEAU pour l'Observatoire des partenariats ; Octobre 2019"
    catalogue = read_catalogue(shipped() / "catalogue" / "report-2019.yml")
    assert {item.source.citation for item in catalogue.values()} == {mention}


@pytest.mark.parametrize("name", ["report-2019.yml", "profile.yml", "contours.yml"])
def test_what_a_release_keeps_of_an_indicator_is_the_indicator(name: str) -> None:
    catalogue = read_catalogue(shipped() / "catalogue" / name)
    assert {id: indicator_from_json(indicator_to_json(item)) for id, item in catalogue.items()} == catalogue


def test_the_parts_of_a_ratio_are_in_both_languages_or_a_plain_text_of_an_officers_own(tmp_path: Path) -> None:
    density = read_catalogue(shipped() / "catalogue" / "contours.yml")["density"]
    assert density.denominator == Text("superficie en km²", "area in km²")
    entry = ENTRY + "    numerator: chômeurs\n    denominator: {fr: actifs, en: labour force}\n"
    own = read_catalogue(_catalogue(tmp_path, entry))["some_rate"]
    assert (own.numerator, own.denominator) == ("chômeurs", Text("actifs", "labour force"))
    assert indicator_from_json(indicator_to_json(own)) == own


def test_a_minimal_entry_reads(tmp_path: Path) -> None:
    indicator = read_catalogue(_catalogue(tmp_path, ENTRY))["some_rate"]
    assert indicator.direction is Direction.FRAGILITY_UP
    assert indicator.source.producer == "P"


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("unit: percent", "unit: percents", ["row 6", "indicators/0/unit", "percents"]),
        ("domain: employment", "domain: emploi", ["row 9", "indicators/0/domain", "emploi"]),
        ("direction: fragility_up", "direction: up", ["row 7", "indicators/0/direction", "'up'"]),
        ("direction_status: ours", "direction_status: sure", ["indicators/0/direction_status"]),
        ("id: some_rate", "id: Some rate", ["row 3", "indicators/0/id", "Some rate"]),
        ("en: A rate", "de: Eine Rate", ["row 4", "indicators/0/name"]),
        ("unit: percent", "units: percent", ["row 3", "indicators/0", "units"]),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_line(
    tmp_path: Path, right: str, wrong: str, expected: list[str]
) -> None:
    assert ENTRY.count(right) == 1
    with pytest.raises(DataError) as raised:
        read_catalogue(_catalogue(tmp_path, ENTRY.replace(right, wrong)))
    for word in ["catalogue.yml", "Remedy", *expected]:
        assert word in str(raised.value)


def test_an_indicator_defined_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"defined twice.*some_rate"):
        read_catalogue(_catalogue(tmp_path, ENTRY + ENTRY))


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"row 10.*'domain' stands twice"):
        read_catalogue(_catalogue(tmp_path, ENTRY + "    domain: health\n"))


def test_text_that_is_not_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"catalogue.yml, row \d+: not YAML"):
        read_catalogue(_catalogue(tmp_path, "\n  - id: [\n"))


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, ENTRY)
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_catalogue(path)


def test_an_absent_provenance_file_is_named(tmp_path: Path) -> None:
    path = _catalogue(tmp_path, ENTRY)
    (tmp_path / "source.meta.yml").unlink()
    with pytest.raises(DataError, match=r"source\.meta\.yml: the file does not exist"):
        read_catalogue(path)


def test_a_ratio_names_both_its_parts(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="denominator"):
        read_catalogue(_catalogue(tmp_path, ENTRY + "    numerator: unemployed\n"))
