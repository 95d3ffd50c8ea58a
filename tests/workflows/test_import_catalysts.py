"""Files of catalysts: what is taken, what is refused with its reason, and what is carried."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from odd17.core.kernel import DataError, UsageError
from odd17.core.resources.catalysts import Kind
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_catalysts import CatalystsRead, read_catalysts, rejected_file, write_rejected

TODAY = date(2026, 11, 25)
HEADER = (
    "id", "name", "kind", "trades", "domains", "territories", "services", "languages", "summary", "practices", "source",
    "contact", "email", "consented",
)  # fmt: skip
GOOD = {
    "id": "1",
    "name": "La Fabrique",
    "kind": "Tête de pont",
    "trades": "Accompagnements; running_a_place",
    "territories": "DEP-94; Bretagne",
    "services": "workshops",
    "languages": "Français;br",
    "contact": "Camille Exemple",
    "email": "Camille@Example.org",
    "consented": "2026-03-01",
}


def file_of(folder: Path, *rows: dict[str, str], name: str = "fiches.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path, mapping: Path | None = None) -> CatalystsRead:
    return read_catalysts(path, mapping, cog=load_shipped_cog(), today=TODAY)


def test_a_good_row_is_an_entry(tmp_path: Path) -> None:
    found = read(file_of(tmp_path, GOOD))
    assert found.rejected == ()
    assert (found.origin, found.total) == ("fiches", 1)
    (one,) = found.brought
    assert one.catalyst.kind is Kind.BRIDGEHEAD
    assert one.catalyst.trades == ("support", "running_a_place")
    assert one.catalyst.territories == ("DEP-94", "REG-53")
    assert one.catalyst.languages == ("fr", "br")
    assert (one.contact, one.email, one.consented) == ("Camille Exemple", "camille@example.org", date(2026, 3, 1))
    assert one.catalyst.confirmed == date(2026, 3, 1)


def test_without_consent_a_source_cites_it_and_names_nobody(tmp_path: Path) -> None:
    cited = {**GOOD, "contact": "", "email": "", "consented": "", "source": "Rapport 2024, p. 12"}
    (one,) = read(file_of(tmp_path, cited)).brought
    assert one.catalyst.cited
    assert one.catalyst.confirmed is None
    assert one.consented is None


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"consented": ""}, "contact", "personal data without"),
        ({"consented": "", "contact": ""}, "email", "personal data without"),
        ({"consented": "", "contact": "", "email": ""}, "consented", "no consent is recorded"),
        ({"consented": "", "contact": "", "email": "", "source": "a@b.fr"}, "source", "would be public"),
        ({"summary": "Appelez le 06 12 34 56 78"}, "summary", "would be public"),
        ({"consented": "01/03/2026"}, "consented", "not a date"),
        ({"consented": "2027-01-01"}, "consented", "in the future"),
        ({"email": ""}, "email", "no e-mail address"),
        ({"email": "a@b.fr\nBcc: c@d.fr"}, "email", "no e-mail address"),
        ({"email": "a@b.fr, c@d.fr"}, "email", "no e-mail address"),
        ({"name": ""}, "name", "no name"),
        ({"name": "x" * 201}, "name", "more than 200"),
        ({"id": ""}, "id", "no identifier"),
        ({"kind": "jongleur"}, "kind", "no word"),
        ({"trades": "jonglage"}, "trades", "no word"),
        ({"trades": "", "services": ""}, "trades", "neither"),
        ({"territories": ""}, "territories", "covers no territory"),
        ({"territories": "EPCI-249400001"}, "territories", "no territory of today"),
        ({"territories": "243900719"}, "territories", "was parted"),
        ({"practices": "douze"}, "practices", "not the number"),
    ],
)
def test_a_bad_row_is_refused_whole_with_its_reason(
    tmp_path: Path, changed: dict[str, str], column: str, reason: str
) -> None:
    found = read(file_of(tmp_path, GOOD | {"id": "0"}, GOOD | changed))
    assert len(found.brought) == 1
    told = [item for item in found.rejected if item.column == column]
    assert told
    assert reason in str(told[0].reason)
    assert told[0].row == 3
    assert told[0].remedy


def test_an_identifier_that_stands_twice_is_refused(tmp_path: Path) -> None:
    found = read(file_of(tmp_path, GOOD, GOOD | {"name": "Autre"}))
    assert len(found.brought) == 1
    assert "stands twice" in str(found.rejected[0].reason)


def test_a_code_of_an_older_vintage_is_carried_and_told(tmp_path: Path) -> None:
    found = read(file_of(tmp_path, GOOD | {"territories": "69159; REG-22"}))
    assert found.brought[0].catalyst.territories == ("COM-69114", "DEP-02", "DEP-60", "DEP-80")
    assert found.carried == ((2, "69159", ("COM-69114",)), (2, "REG-22", ("DEP-02", "DEP-60", "DEP-80")))


def test_rejected_rows_are_written_with_their_reason_in_french_and_no_formula(tmp_path: Path) -> None:
    path = file_of(tmp_path, GOOD | {"consented": "", "contact": "=Camille"})
    found = read(path)
    write_rejected(rejected_file(path), found.rejected, "fr")
    text = rejected_file(path).read_text(encoding="utf-8-sig")
    assert "données personnelles sans accord enregistré" in text
    assert "'=Camille" in text


def test_a_workbook_is_read_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "fiches.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
        sheet.write(1, column, GOOD.get(name, ""))
    book.close()
    found = read(path)
    assert [one.catalyst.name for one in found.brought] == ["La Fabrique"]


MAPPING = """
origin: reseau
id: no
fields:
  name: nom
  kind: {constant: catalyst}
  trades: {column: metier, separator: "/", values: {conseil: support}}
  territories: ou
  email: courriel
  consented: {column: accord, date: "%d/%m/%Y"}
"""


def test_a_mapping_says_which_column_tells_what(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "f.csv"
    path.write_text(
        "no;nom;metier;ou;courriel;accord\n7;La Fabrique;conseil/running_a_place;Créteil;a@b.fr;01/03/2026\n"
    )
    found = read(path, mapping)
    assert found.origin == "reseau"
    (one,) = found.brought
    assert one.catalyst.trades == ("support", "running_a_place")
    assert one.consented == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("name: nom", "nom: nom", "name"),
        ("column: accord", "column: x", "x"),
        ("origin: reseau", "origin: É", "origin"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, old: str, new: str, error: str) -> None:
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(MAPPING.replace(old, new), encoding="utf-8")
    path = tmp_path / "f.csv"
    path.write_text("no;nom;metier;ou;courriel;accord\n7;a;conseil;Créteil;a@b.fr;01/03/2026\n")
    with pytest.raises(DataError) as raised:
        read(path, mapping)
    assert error in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"id,name\n", b"\x00\x01\x02", b"nom;type\nx;y\n"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(DataError):
        read(path)


def test_a_file_whose_name_says_nothing_needs_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--mapping"):
        read(file_of(tmp_path, GOOD, name="——.csv"))


def test_a_file_without_optional_columns_is_read(tmp_path: Path) -> None:
    path = tmp_path / "court.csv"
    path.write_text("id,name,territories,trades,source\n1,ANCT,FR,support,Rapport 2020\n")
    rows: Any = read(path).brought
    assert rows[0].catalyst.languages == ("fr",)
