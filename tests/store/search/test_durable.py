"""What is written stays, whoever writes, and whatever stops in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from odd17.core.kernel import Odd17Error
from odd17.core.practices.case import Case
from odd17.core.practices.query import PracticeQuery, SearchUnavailable
from odd17.store.search import PracticeIndex
from odd17.store.search.generations import Generations

Make = Callable[[], PracticeIndex]


def ids(index: PracticeIndex, text: str = "") -> set[str]:
    return {hit.id for hit in index.search(PracticeQuery(text)).hits}


def test_without_an_index_it_is_said(make_index: Make, cases: list[Case]) -> None:
    index = make_index()
    for act in (
        lambda: index.search(PracticeQuery("école")),
        lambda: index.suggest("éco"),
        lambda: index.put(cases[0]),
        lambda: index.remove("1"),
        index.versions,
    ):
        with pytest.raises(SearchUnavailable, match="reindex"):
            act()


def test_what_is_put_is_seen_at_once_by_every_reader(index: PracticeIndex, make_index: Make) -> None:
    other = make_index()
    assert "7" not in ids(other)
    index.put(Case(id="7", title="Une ruche", version="x"))
    assert ids(other, "ruches") == ids(make_index(), "ruches") == {"7"}
    index.put(Case(id="7", title="Un essaim", version="y"))
    assert ids(other, "ruche") == set()
    assert other.versions()["7"] == "y"
    index.remove("7")
    assert "7" not in ids(other)
    assert "7" not in other.versions()


def test_putting_the_same_twice_holds_it_once(index: PracticeIndex, cases: list[Case]) -> None:
    index.put(cases[0])
    index.put(cases[0])
    assert index.search(PracticeQuery()).total == len(cases)


def test_many_changes_leave_few_pieces(index: PracticeIndex, make_index: Make) -> None:
    for number in range(30):
        index.put(Case(id=f"n{number}", title=f"Ruche {number}"))
    assert index.search(PracticeQuery("ruche")).total == 30
    assert ids(make_index(), "ruche")


def test_changes_made_while_another_is_built_are_in_it(
    index: PracticeIndex, make_index: Make, cases: list[Case]
) -> None:
    other = make_index()

    def slowly() -> Iterator[Case]:
        yield from cases[:3]
        other.put(Case(id="8", title="Arrivée pendant la construction"))
        other.remove("1")
        other.put(replace(cases[1], title="Renommée pendant la construction"))
        assert "8" in ids(make_index())  # the old one serves, and follows
        yield from cases[3:]

    assert index.replace_all(slowly()) == len(cases)
    assert ids(make_index()) == {"2", "3", "4", "5", "6", "8"}
    assert ids(make_index(), "renommée") == {"2"}


def test_a_build_that_fails_leaves_the_old_one(index: PracticeIndex, cases: list[Case], tmp_path: Path) -> None:
    def broken() -> Iterator[Case]:
        yield cases[0]
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        index.replace_all(broken())
    assert len(ids(index)) == len(cases)
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1
    index.put(Case(id="9", title="Encore"))
    assert "9" in ids(index)


def test_a_build_killed_in_the_middle_leaves_the_old_one(
    index: PracticeIndex, cases: list[Case], tmp_path: Path
) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from odd17.core.practices.case import Case
from odd17.store.search import PracticeIndex
def cases():
    for number in range(500):
        yield Case(id=str(number), title="Ruche")
    os.kill(os.getpid(), signal.SIGKILL)
PracticeIndex(Path(sys.argv[1])).replace_all(cases())
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "index")], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(ids(index)) == len(cases)
    index.put(Case(id="9", title="Encore"))  # the dead build's locks are free
    assert index.replace_all(cases) == len(cases)
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) <= 2


def test_a_writer_waits_for_another_then_says_so(index: PracticeIndex, tmp_path: Path, cases: list[Case]) -> None:
    with Generations(tmp_path / "index").writing():
        with pytest.raises(Odd17Error, match="another process"):
            index.put(cases[0])
        assert len(ids(index)) == len(cases)  # readers wait for nobody
    index.put(cases[0])


@pytest.mark.parametrize("damage", ["folder", "pointer", "generation", "files", "pointer of elsewhere"])
def test_an_index_deleted_while_it_serves_is_said_and_can_be_built_again(
    index: PracticeIndex, tmp_path: Path, cases: list[Case], damage: str
) -> None:
    folder = tmp_path / "index"
    assert ids(index)
    (generation,) = (path for path in folder.iterdir() if path.is_dir())
    if damage == "folder":
        shutil.rmtree(folder)
    elif damage == "pointer":
        (folder / "current").unlink()
    elif damage == "generation":
        shutil.rmtree(generation)
    elif damage == "files":
        for path in generation.iterdir():
            path.unlink()
    else:
        (folder / "current").write_text("../..\n", encoding="ascii")
    with pytest.raises(SearchUnavailable):
        index.search(PracticeQuery("école"))
    with pytest.raises(SearchUnavailable):
        index.put(cases[0])
    assert index.replace_all(cases) == len(cases)
    assert len(ids(index)) == len(cases)


def test_an_index_of_another_format_is_built_again(index: PracticeIndex, tmp_path: Path) -> None:
    pointer = tmp_path / "index" / "current"
    pointer.write_text(f"0-{pointer.read_text().split('-')[1]}", encoding="ascii")
    with pytest.raises(SearchUnavailable):
        index.search(PracticeQuery())
