"""The published Table Schemas are those of the tables that odd17 reads and writes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import polars as pl
import pytest
import yaml

from odd17.core.diagnosis.crossing_tables import CROSSINGS, GAPS, PRIORITIES
from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.indicator import Unit
from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import ConfStatus, ObsStatus
from odd17.core.perceptions.tables import PERCEPTIONS
from odd17.core.territories import TERRITORIES, Level
from odd17.publishing.table_schemas import FILES, published_fields, published_file, published_schemas
from odd17.store.releases.exports import EXPORT_COLUMNS
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_dataset import import_dataset

ADDRESS = "https://odd17.example/schemas/x/1.0.0"
EACH = [(name, version) for name, versions in published_schemas().items() for version in versions]


def _type(dtype: object) -> str:
    if isinstance(dtype, pl.List):
        return "array"
    if dtype == pl.String:
        return "string"
    if dtype == pl.Boolean:
        return "boolean"
    return "number" if dtype == pl.Float64 else "integer"


def _schema(name: str, version: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(published_file(name, version, "schema.json", address=ADDRESS))
    return found


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("odd17-observations", OBSERVATIONS),
        ("odd17-scores", SCORES),
        ("odd17-territories", TERRITORIES),
        ("odd17-perceptions", PERCEPTIONS),
        ("odd17-crossings", CROSSINGS),
        ("odd17-gaps", GAPS),
        ("odd17-priorities", PRIORITIES),
    ],
)
def test_a_schema_has_the_columns_and_types_of_its_table(name: str, table: dict[str, object]) -> None:
    newest = published_schemas()[name][-1]
    assert published_fields(name, newest) == {column: _type(dtype) for column, dtype in table.items()}


def test_the_schema_of_exports_has_their_columns() -> None:
    newest = published_schemas()["odd17-export"][-1]
    fields = published_fields("odd17-export", newest)
    assert tuple(fields) == EXPORT_COLUMNS
    assert {name: fields[name] for name in fields if name in OBSERVATIONS} == {
        name: _type(OBSERVATIONS[name]) for name in EXPORT_COLUMNS if name in OBSERVATIONS
    }


@pytest.mark.parametrize(("name", "version"), EACH)
def test_a_schema_has_what_the_registry_of_schemas_asks_for(name: str, version: str) -> None:
    schema = _schema(name, version)
    for key in ("$schema", "title", "description", "homepage", "created", "lastModified", "contributors", "resources"):
        assert schema[key], key
    assert (schema["name"], schema["version"], schema["path"]) == (name, version, f"{ADDRESS}/schema.json")
    fields = schema["fields"]
    assert isinstance(fields, list)
    for field in fields:
        assert {"name", "title", "description", "example", "type", "constraints"} <= set(field)
    assert set(schema["primaryKey"]) <= {field["name"] for field in fields}  # type: ignore[call-overload]
    for file in FILES:
        assert published_file(name, version, file, address=ADDRESS)
    changes = published_file(name, version, "CHANGELOG.md", address=ADDRESS).decode()
    assert f"## {version} " in changes


@pytest.mark.parametrize(("name", "version"), EACH)
def test_the_valid_example_is_valid(name: str, version: str) -> None:
    schema = _schema(name, version)
    text = published_file(name, version, "exemple-valide.csv", address=ADDRESS).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    for field in schema["fields"]:  # type: ignore[attr-defined]
        rules, readers = field["constraints"], {"integer": int, "number": float, "array": json.loads}
        for cell in [field["example"], *(row[field["name"]] for row in rows)]:
            if cell in schema["missingValues"]:  # type: ignore[operator]
                assert not rules["required"], field["name"]
                continue
            readers.get(field["type"], str)(cell)
            assert re.fullmatch(rules.get("pattern", ".*"), cell), (field["name"], cell)
            assert cell in rules.get("enum", [cell])


def test_the_lists_of_codes_are_those_of_odd17() -> None:
    schema = _schema("odd17-observations", "1.0.0")
    rules = {field["name"]: field["constraints"] for field in schema["fields"]}  # type: ignore[attr-defined]
    assert rules["obs_status"]["enum"] == sorted(status.value for status in ObsStatus)
    assert set(rules["conf_status"]["enum"]) == {status.value for status in ConfStatus}
    assert rules["level"]["enum"] == [level.value for level in Level]
    assert schema["primaryKey"] == list(OBSERVATION_KEY)
    pattern = re.compile(rules["territory"]["pattern"])
    assert all(pattern.match(identifier) for identifier in load_shipped_cog().table["id"])
    units = {field["name"]: field["example"] for field in _schema("odd17-export", "1.0.0")["fields"]}  # type: ignore[attr-defined]
    assert units["unit"] in {unit.value for unit in Unit}


def test_figures_in_the_form_asked_for_are_imported(tmp_path: Path) -> None:
    readme = published_file("odd17-figures", "1.0.0", "README.md", address=ADDRESS).decode()
    (described,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert yaml.safe_load(described)["id"] == "jardins"
    data, dataset = tmp_path / "jardins.csv", tmp_path / "jardins.yml"
    data.write_bytes(published_file("odd17-figures", "1.0.0", "exemple-valide.csv", address=ADDRESS))
    dataset.write_text(described, encoding="utf-8")
    imported = import_dataset(data, dataset, home=tmp_path / "home", cog=load_shipped_cog())
    rows = pl.read_parquet(imported.snapshot.path / "observations.parquet")
    assert rows.select("territory", "period", "value", "obs_status").rows() == [
        ("COM-01004", "2024", 12.5, "A"),
        ("COM-35238", "2024", None, "L"),
    ]


@pytest.mark.parametrize(
    ("name", "version", "file"),
    [
        ("odd17-none", "1.0.0", "schema.json"),
        ("odd17-scores", "9.0.0", "schema.json"),
        ("odd17-scores", "1.0.0", "../x"),
    ],
)
def test_what_is_not_published_is_not_served(name: str, version: str, file: str) -> None:
    with pytest.raises(KeyError):
        published_file(name, version, file, address=ADDRESS)
