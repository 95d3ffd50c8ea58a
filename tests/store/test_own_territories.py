"""Defining a territory of one's own: what is read, what is refused and in which words, and that it is whole or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import DataError, UsageError
from odd17.core.territories import Cog
from odd17.store.own_territories import define, forget, own_files
from odd17.store.territories import load_shipped_cog


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "communes.csv"


@pytest.mark.parametrize(
    "text",
    [
        "35238\n22278\n",
        "\ufeff35238\r\n\r\n22278",
        "COM-35238\nCOM-22278",
        "nom;code_insee\nRennes;35238\nSaint-Brieuc;22278\n",
        "Code commune,nom\n35238,Rennes\n22278,Saint-Brieuc\n",
        "code\n35238\n22278\n",
    ],
)
def test_lists_and_tables_are_read(cog: Cog, file: Path, tmp_path: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    own = define("Pays de  Bray", file, cog, home=tmp_path)
    assert (own.id, own.name, own.communes) == ("TER-pays-de-bray", "Pays de Bray", ("22278", "35238"))
    assert [item.territory for item in own_files(tmp_path)] == [own]


def test_a_column_may_be_named(cog: Cog, file: Path, tmp_path: Path) -> None:
    file.write_text("code;ville\n1;35238\n", encoding="utf-8")
    assert define("X", file, cog, column="ville", home=tmp_path).communes == ("35238",)
    with pytest.raises(DataError, match=r"no such column; the first row has: code, ville"):
        define("X", file, cog, column="nom", home=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("35238\n1001", r"communes.csv, row 2: the code lost its leading zero \(value '1001'\). Remedy: write 01001"),
        ("code\n69152", r"row 2, column 'code': Pierre-Bénite is not a commune of 2026.*write 69149 \(Oullins"),
        ("59355", r"row 1: Lomme is not a commune.*59350 \(Lille\)"),
        ("75101", r"municipal arrondissement.*write 75056 \(Paris\)"),
        ("35238\n35238", r"row 2: the commune stands twice: in row 1 too"),
        ("99999", "no commune of 2026 has this code"),
        ("Rennes", "not the code of a commune"),
        ("EPCI-243500139", "not the code of a commune"),
        ("code;nom\n;Rennes", "not the code of a commune"),
        ("a;b\n1;2", "nothing tells which column has the codes"),
        (" \n \n", "the file has no code"),
        ("code\n", "the file has no code"),
        ("", "empty"),
        ("a\0b", "not a text file"),
    ],
)
def test_what_is_no_commune_is_refused_with_the_remedy(
    cog: Cog, file: Path, tmp_path: Path, text: str, message: str
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        define("X", file, cog, home=tmp_path)
    assert own_files(tmp_path) == []


@pytest.mark.parametrize("id", ["", "Pays", "../x", "a b", "-a", "a--b", "x" * 61, "é"])
def test_an_id_is_plain(cog: Cog, file: Path, tmp_path: Path, id: str) -> None:
    file.write_text("35238", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be the id"):
        define("X", file, cog, code=id, home=tmp_path)


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x1b[31mb"])
def test_a_name_is_one_line_that_can_be_shown(cog: Cog, file: Path, tmp_path: Path, name: str) -> None:
    file.write_text("35238", encoding="utf-8")
    with pytest.raises(UsageError, match="name of 1 to 120"):
        define(name, file, cog, code="x", home=tmp_path)


def test_the_same_id_is_replaced_whole_and_forgotten_once(cog: Cog, file: Path, tmp_path: Path) -> None:
    file.write_text("35238", encoding="utf-8")
    define("X", file, cog, home=tmp_path)
    file.write_text("22278", encoding="utf-8")
    define('X: "y" # z', file, cog, code="x", home=tmp_path)
    assert [(item.territory.name, item.territory.communes) for item in own_files(tmp_path)] == [
        ('X: "y" # z', ("22278",))
    ]
    file.write_text("1001", encoding="utf-8")
    with pytest.raises(DataError):
        define("X", file, cog, home=tmp_path)
    assert own_files(tmp_path)[0].territory.communes == ("22278",)
    assert sorted(path.name for path in (tmp_path / "territories").iterdir()) == ["x.yml"]
    assert forget("TER-x", tmp_path).code == "x"
    for gone in ("x", "../communes", "TER-"):
        with pytest.raises(UsageError, match="there are: none"):
            forget(gone, tmp_path)


@pytest.mark.parametrize(
    "text", ["name: X", "name: X\nvintage: 2026\ncommunes: [35238]", "name: X\nvintage: 2024\ncommunes: ['35238']", "["]
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "territories").mkdir()
    (tmp_path / "territories" / "x.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.yml"):
        own_files(tmp_path)
