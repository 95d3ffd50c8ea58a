"""INSEE's file of movements: what is wrong is named, nothing half-written, the newest one answers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, Odd17Error, UsageError
from odd17.core.territories import NO_MOVEMENTS, Cog
from odd17.store.movements import install_movements, load_movements, movements_file, read_movements
from odd17.store.territories import load_shipped_cog

HEADER = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,NCC_AV,TYPECOM_AP,COM_AP,NCC_AP"
MOVE = "50,2024-03-15,COM,69159,PORTE DES PIERRES DOREES,COM,69114,PORTE DES PIERRES DOREES"
PART = "32,2024-01-01,COM,01330,RUFFIEU,COMD,01330,RUFFIEU"


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


def written(folder: Path, *lines: str, name: str = "v_mvt_commune_2025.csv") -> Path:
    path = folder / name
    text = "\n".join((HEADER, *lines)) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["v_mvt_commune_2025.csv", "mvtcommunes_2025.csv.gz"])
def test_movements_between_communes_are_read(tmp_path: Path, name: str) -> None:
    movements = read_movements(written(tmp_path, MOVE, PART, name=name))
    assert movements.through == 2025
    assert [edges for _, edges in movements.steps] == [{("69159", "69114")}]


def test_a_byte_order_mark_and_quotes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "m_2025.csv"
    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEADER, MOVE))
    path.write_bytes(b"\xef\xbb\xbf" + quoted.encode())
    assert len(read_movements(path).steps) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (MOVE.replace("2024-03-15", "15/03/2024"), r"row 3, column 'DATE_EFF': not a date .*'15/03/2024'.*Remedy"),
        (MOVE.replace("2024-03-15", "2024-02-30"), r"row 3, column 'DATE_EFF': no such day .*'2024-02-30'.*Remedy"),
        (MOVE.replace("69114", "6911"), r"row 3, column 'COM_AP': not the code of a commune .*'6911'.*Remedy"),
        (MOVE.replace("69159", ""), r"row 3, column 'COM_AV': not the code of a commune"),
        (MOVE.replace("2024-03-15", "2031-01-01"), r"movements of 2031, and is said to end in 2025"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_movements(written(tmp_path, PART, line))


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    for content, said in (
        (b"TYPECOM,COM\nCOM,01001\n", "column 'MOD': the column is missing"),
        (b"", "empty|CSV"),
        (b"PK\x03\x04 not a zip", "a damaged workbook"),
        (f"{HEADER}\n{PART}\n".encode(), "no movement between communes"),
        (f"{HEADER}\n".encode(), "no movement between communes"),
        (b"\xff\xfe\x00", "CSV|column is missing"),
    ):
        path = tmp_path / "m_2025.csv"
        path.write_bytes(content)
        with pytest.raises(DataError, match=rf"(?s)m_2025\.csv.*(?:{said})"):
            read_movements(path)
    with pytest.raises(DataError, match=r"absent\.csv"):
        read_movements(tmp_path / "absent.csv")


@pytest.mark.parametrize("name", ["movements.csv", "mvt_2019_2025.csv"])
def test_the_year_is_asked_where_the_name_does_not_tell_it(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, MOVE, name=name)
    with pytest.raises(UsageError, match="--through"):
        read_movements(path)
    assert read_movements(path, through=2025).through == 2025


def test_the_newest_installed_file_answers(tmp_path: Path, cog: Cog) -> None:
    home = tmp_path / "home"
    assert movements_file(home) is None
    assert load_movements(home) is NO_MOVEMENTS
    older = written(tmp_path, MOVE, name="mvt_2024.csv")
    newer = written(tmp_path, MOVE, PART, name="mvt_2025.csv.gz")
    assert install_movements(newer, cog, home=home) == load_movements(home)
    install_movements(older, cog, home=home)
    assert load_movements(home).through == 2025
    installed = movements_file(home)
    assert installed is not None
    assert installed.read_bytes() == newer.read_bytes()


def test_another_file_of_the_same_year_takes_its_place(tmp_path: Path, cog: Cog) -> None:
    home = tmp_path / "home"
    install_movements(written(tmp_path, MOVE, name="mvt_2025.csv.gz"), cog, home=home)
    install_movements(written(tmp_path, MOVE, PART, name="mvt_2025.csv"), cog, home=home)
    assert [path.name for path in (home / "cog").iterdir()] == ["movements-2025.csv"]


def test_a_file_that_leads_elsewhere_is_refused_and_leaves_the_old_one(tmp_path: Path, cog: Cog) -> None:
    home = tmp_path / "home"
    install_movements(written(tmp_path, MOVE), cog, home=home)
    wrong = written(tmp_path, MOVE.replace("69114", "69999"), name="other_2025.csv")
    with pytest.raises(DataError, match=r"other_2025\.csv.*does not lead to the communes of 2026 .*'69999'"):
        install_movements(wrong, cog, home=home)
    assert [path.name for path in (home / "cog").iterdir()] == ["movements-2025.csv"]
    assert load_movements(home).steps[0][1] == {("69159", "69114")}


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, cog: Cog, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Odd17Error, match="No space left on device"):
        install_movements(written(tmp_path, MOVE), cog, home=tmp_path / "home")
    assert list((tmp_path / "home" / "cog").iterdir()) == []


def test_the_real_file_is_installed(shared: Path, tmp_path: Path, cog: Cog) -> None:
    movements = install_movements(shared / "data" / "cogiter" / "mvtcommunes_2025.csv.gz", cog, home=tmp_path)
    assert movements.through == 2025
    assert sum(len(edges) for _, edges in movements.steps) == 8857
    assert movements.passage(2024, 2026).is_covered
