"""The editors' file of words that mean the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import DataError
from odd17.core.practices.case import Case
from odd17.core.practices.query import PracticeQuery
from odd17.store.search import PracticeIndex, load_synonyms


def test_shipped_groups_hold_what_they_promise() -> None:
    groups = load_synonyms().groups
    whole = {frozenset(group) for group in groups}
    for first, second in (
        (("ess",), ("economie", "sociale", "solidaire")),
        (("ptce",), ("pole", "territorial", "cooperation", "economique")),
        (("tiers", "lieu"), ("tiers", "lieux")),
        (("collectivite",), ("mairie",)),
        (("mairie",), ("commune",)),
    ):
        assert any({first, second} <= group for group in whole), (first, second)


def test_an_own_file_adds_to_them_or_takes_their_place(tmp_path: Path) -> None:
    (tmp_path / "synonyms.yml").write_text("groups:\n  - [ruche, abeille]\n", encoding="utf-8")
    added = load_synonyms(tmp_path)
    assert added.groups[-1] == (("ruche",), ("abeille",))
    assert len(added.groups) == len(load_synonyms().groups) + 1
    (tmp_path / "synonyms.yml").write_text("shipped: false\ngroups:\n  - [ruche, abeille]\n", encoding="utf-8")
    assert load_synonyms(tmp_path).groups == ((("ruche",), ("abeille",)),)


def test_an_own_word_finds_the_other(tmp_path: Path) -> None:
    (tmp_path / "synonyms.yml").write_text("groups:\n  - [ruche, essaim d’abeilles]\n", encoding="utf-8")
    index = PracticeIndex(tmp_path / "index", synonyms=load_synonyms(tmp_path))
    index.replace_all([Case(id="1", title="Un essaim des abeilles"), Case(id="2", title="Un essaim de mouches")])
    assert [hit.id for hit in index.search(PracticeQuery("ruches")).hits] == ["1"]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("groups:\n  - [a, b\n", 3, "not YAML"),
        ("groups:\n  - [ruche]\n", 2, "two expressions"),
        ("groups:\n  - [ruche, abeille]\n  - ruche\n", 3, "two expressions"),
        ("groups:\n  - [ruche, 'de la']\n", 2, "no word"),
        ("groups:\n  - [ruche, 12]\n", 2, "no word"),
        ("groups: ruche\n", 1, "no list"),
        ("shipped: 3\ngroups: []\n", 1, "neither true nor false"),
        ("groups: []\nword: []\n", 2, "no key"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, content: str, line: int, said: str) -> None:
    (tmp_path / "synonyms.yml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        load_synonyms(tmp_path)
    assert caught.value.row == line
    assert str(tmp_path / "synonyms.yml") in str(caught.value)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "synonyms.yml").write_bytes(b"\xff\xfe\x00groups")
    with pytest.raises(DataError, match=r"synonyms\.yml"):
        load_synonyms(tmp_path)
