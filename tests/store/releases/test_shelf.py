"""The shelf of releases: opening, listing, switching and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from odd17.core.kernel import ReleaseError
from odd17.store.releases import Release, current_release, layout, list_releases, open_release, use
from odd17.workflows.build_release import build_release


def test_before_any_build_nothing_answers_and_the_remedy_is_said(home: Path) -> None:
    assert list_releases(home) == []
    with pytest.raises(ReleaseError, match="Run: odd17 release build"):
        current_release(home)


def test_an_older_release_keeps_answering_and_can_be_switched_back_to(
    home: Path, release: Release, other_frame: Path
) -> None:
    newer = build_release(home=home, frame=other_frame)
    assert current_release(home).id == newer.id != release.id
    assert {item.id for item in list_releases(home)} == {release.id, newer.id}
    assert open_release(release.id, home).observations(territories=["FRM"]).height == 18

    use(release.id, home)
    assert current_release(home).id == release.id
    use(newer.id, home)
    assert current_release(home).id == newer.id


def test_switching_to_a_release_that_is_not_there_changes_nothing(home: Path, release: Release) -> None:
    with pytest.raises(ReleaseError, match=f"Releases here: {release.id}"):
        use("2020-01-01-00000000", home)
    assert current_release(home).id == release.id
    assert sorted(path.name for path in release.path.parent.iterdir()) == [".lock", release.id, "CURRENT"]


@pytest.mark.parametrize("id", ["", ".", "..", "../releases", "%00", "\0", "a" * 10_000, "<script>", "CURRENT"])
def test_a_hostile_identifier_is_no_release(home: Path, release: Release, id: str) -> None:
    with pytest.raises(ReleaseError, match="There is no release") as raised:
        open_release(id, home)
    assert len(str(raised.value)) < 300


def test_a_manifest_that_cannot_be_read_is_named_and_the_others_are_still_listed(
    home: Path, release: Release, other_frame: Path
) -> None:
    newer = build_release(home=home, frame=other_frame)
    (newer.path / layout.MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"damaged: datapackage\.json"):
        open_release(newer.id, home)
    assert [item.id for item in list_releases(home)] == [release.id]


def test_the_manifest_of_another_release_is_refused(home: Path, release: Release, other_frame: Path) -> None:
    newer = build_release(home=home, frame=other_frame)
    (newer.path / layout.MANIFEST).write_bytes((release.path / layout.MANIFEST).read_bytes())
    with pytest.raises(ReleaseError, match="not this release's manifest"):
        open_release(newer.id, home)


def test_a_release_of_a_newer_form_is_refused_with_what_to_do_and_the_others_are_still_listed(
    home: Path, release: Release, other_frame: Path
) -> None:
    newer = build_release(home=home, frame=other_frame)
    assert newer.manifest["format"] == layout.FORMAT
    manifest = json.dumps({**newer.manifest, "format": layout.FORMAT + 1})
    (newer.path / layout.MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"built by a newer odd17 \(format 2; .*odd17 release use"):
        open_release(newer.id, home)
    assert [item.id for item in list_releases(home)] == [release.id]
