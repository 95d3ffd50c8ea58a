"""A home of releases of the shipped data, and a second frame so that there can be a second release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from odd17.store.places import shipped
from odd17.store.releases import Release, current_release
from odd17.workflows.build_release import build_release


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home."""
    return tmp_path / "home"


@pytest.fixture
def release(home: Path, whole: Release) -> Release:
    """A release of the shipped data, the current one of ``home``: a copy that a test may damage."""
    shutil.copytree(whole.path.parent.parent, home)
    return current_release(home)


@pytest.fixture
def other_frame(tmp_path: Path) -> Path:
    """The file of a frame that weighs employment twice: the release in it is another one."""
    text = (shipped() / "frames" / "report-2019.yml").read_text(encoding="utf-8")
    path = tmp_path / "other.yml"
    changed = text.replace(
        "{id: employment, dimension: economic, weight: 1,", "{id: employment, dimension: economic, weight: 2,"
    )
    path.write_text(changed, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the shipped data that no test changes."""
    return build_release(home=tmp_path_factory.mktemp("whole"))
