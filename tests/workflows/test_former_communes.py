"""Former communes: those that odd17 ships, and all that INSEE's file knows where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.store.movements import install_movements
from odd17.store.territories import load_shipped_cog
from odd17.workflows.former_communes import former_named

COG = load_shipped_cog()


@pytest.mark.parametrize("text", ["Béon", "beon", " 01039 "])
def test_a_name_or_a_code_leads_to_the_commune_of_today(text: str, tmp_path: Path) -> None:
    (first, holder), *_ = former_named(COG, text, home=tmp_path)
    assert (first.name, holder.id, first.answers_to(text)) == ("Béon", "COM-01138", True)


@pytest.mark.parametrize("text", ["", "<script>", "zzzz", "x" * 500, "\0", "rennes"])
def test_nothing_is_made_up(text: str, tmp_path: Path) -> None:
    assert former_named(COG, text, home=tmp_path) == []


def test_one_that_gave_its_name_is_not_told_twice(tmp_path: Path) -> None:
    assert "Annecy" not in {item.name for item, _ in former_named(COG, "annecy", home=tmp_path)}


def test_the_installed_file_adds_older_ones_with_their_last_name(tmp_path: Path) -> None:
    file = tmp_path / "v_mvt_commune_2026.csv"
    file.write_text(
        "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP\n"
        "10,1960-01-01,COM,35999,Oubli,COM,35999\n"
        "31,1973-01-01,COM,35999,Oubli-sur-Vilaine,COM,35238\n"
        "31,1973-01-01,COM,35238,Rennes,COM,35238\n",
        encoding="utf-8",
    )
    home = tmp_path / "home"
    assert former_named(COG, "oubli", home=home) == []
    install_movements(file, COG, home=home)
    ((found, holder),) = former_named(COG, "oubli", home=home)
    assert (found.code, found.name, holder.id) == ("35999", "Oubli-sur-Vilaine", "COM-35238")
    assert former_named(COG, "beon", home=home)[0][1].id == "COM-01138"  # the shipped ones are still there
