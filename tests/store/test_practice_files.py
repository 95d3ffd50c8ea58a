"""Files of practices and their mappings: read, and refused with the place and the near name."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import xlsxwriter

from odd17.core.kernel import DataError
from odd17.core.practices.mapping import CaseMapping, PartnerRule, Rule
from odd17.store.practice_mapping import parse_practice_mapping, read_practice_mapping
from odd17.store.practice_rows import read_practice_rows

MAPPING = CaseMapping("o", "no", {"title": Rule("nom")})


def test_a_mapping_says_all_that_can_be_said() -> None:
    found = parse_practice_mapping(
        b"""
origin: les-cas
id: no
language: en
file: {sheet: Cas, encoding: cp1252, delimiter: ";"}
fields:
  title: nom
  summary: {column: texte, cut: true}
  domains: {column: theme, separator: ",", values: {ecole: education}, unknown: drop}
  territories: {column: lieu, level: COM, within: DEP-87}
  goals: {constant: ["4", "17"]}
  begun: {column: debut, date: "%Y"}
partners:
  - {name: porteur, kind: {constant: association}, siren: siren, separator: ";"}
impacts:
  - {impact: trust, claim: effet, proof: {constant: told}}
""",
        "m.yml",
    )
    assert (found.origin, found.id, found.language, found.sheet) == ("les-cas", "no", "en", "Cas")
    assert found.fields["summary"] == Rule("texte", cut=True)
    assert found.fields["domains"] == Rule("theme", separator=",", values={"ecole": "education"}, drop=True)
    assert found.fields["goals"].constant == ("4", "17")
    assert found.partners == (
        PartnerRule(Rule("porteur"), Rule(constant="association"), siren=Rule("siren"), separator=";"),
    )
    assert found.impacts[0].proof == Rule(constant="told")
    assert set(found.columns) == {"no", "nom", "texte", "theme", "lieu", "debut", "porteur", "siren", "effet"}


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("origin: o\nid: no\nfields: {titel: nom}", 3, "did you mean 'title'?"),
        ("origin: o\nid: no\nfields: {summary: nom}", 3, "'title' is a required property"),
        ("origin: O O\nid: no\nfields: {title: nom}", 1, "does not match"),
        ("origin: o\nid: no\nfields:\n  title: nom\n  stage: {column: a, constant: concept}", 5, "either a column or"),
        ("origin: o\nid: no\nfields:\n  title: {values: {a: b}}", 4, "either a column or"),
        ("origin: o\nid: no\nfields: {title: nom}\nimpacts: [{impact: joy, claim: a}]", 4, "is not one of"),
        ("origin: o\nid: no\nfields: {title: nom}\nfields: {title: b}", 4, "stands twice"),
        ("- a", None, "not a document"),
    ],
)
def test_a_mapping_that_is_wrong_names_the_line(text: str, row: int | None, said: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_practice_mapping(text.encode(), "m.yml")
    assert caught.value.row == row
    assert said in str(caught.value)


def test_a_mapping_that_is_absent(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_practice_mapping(tmp_path / "none.yml")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_whatever_its_marks(delimiter: str, encoding: str) -> None:
    text = f'\nno{delimiter}nom\n1{delimiter}"été\n deux"\n{delimiter}\n2{delimiter}b\n'
    found = read_practice_rows(text.encode(encoding), "a.csv", MAPPING)
    assert found.columns == ("no", "nom")
    assert [(row, cells["nom"]) for row, cells in found.rows] == [(3, "été\n deux"), (5, "b")]


def test_rows_of_another_width_are_told_and_leave_the_others_in() -> None:
    found = read_practice_rows(b"no,nom\n1,a\n2\n3,b,c\n4,d\n", "a.csv", MAPPING)
    assert [cells["no"] for _, cells in found.rows] == ["1", "4"]
    assert [(item.row, str(item.reason)) for item in found.rejected] == [
        (3, "the row has 1 cells and the header 2"),
        (4, "the row has 3 cells and the header 2"),
    ]


def test_a_workbook_and_records() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((("no", "nom"), (1, "<b>é</b>"), (2, "b"))):
            sheet.write_row(at, 0, row)
    found = read_practice_rows(stream.getvalue(), "a.xlsx", MAPPING)
    assert [cells for _, cells in found.rows] == [{"no": "1", "nom": "<b>é</b>"}, {"no": "2", "nom": "b"}]
    records = json.dumps([{"no": 1, "nom": "a", "tags": ["x", "y"]}, {"no": 2}]).encode()
    found = read_practice_rows(records, "a.json", MAPPING)
    assert [cells for _, cells in found.rows] == [
        {"no": "1", "nom": "a", "tags": '["x", "y"]'},
        {"no": "2", "nom": "", "tags": ""},
    ]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"no,nomm\n1,a\n", "a.csv", "did you mean 'nomm'? Correct `fields/title` in the mapping file"),
        (b"no,nom,nom\n1,a,b\n", "a.csv", "two columns have this name"),
        (b'no,nom\n1,"a\n', "a.csv", "the row cannot be read"),
        (b"no,nom\n", "a.csv", "the file has no row"),
        (b"  \n \n", "a.csv", "the file is empty"),
        (b"\x00\x01", "a.csv", "zero bytes"),
        (b"PK\x03\x04junk", "a.xlsx", "damaged workbook"),
        (b'{"a": 1}', "a.json", "not a list of records"),
        (b"[]", "a.json", "no such column"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, name: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read_practice_rows(data, name, MAPPING)
    assert said in str(caught.value)
