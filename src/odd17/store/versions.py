"""Files that have versions: those that come with odd17, and those that editors add; none is ever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from odd17.core.kernel import DataError, Message

from . import places
from .whole_files import held, write_whole

Key = tuple[str, int]
"""The identifier of a thing and its version."""


class Versioned(Protocol):
    """What is kept by identifier and version."""

    @property
    def id(self) -> str:
        """What it is."""

    @property
    def version(self) -> int:
        """Which of its versions, from 1."""


T = TypeVar("T", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Versions(Generic[T]):
    """The versions in ``folder``, of the package and of ODD17_HOME, each a file that ``read`` understands."""

    folder: str
    read: Callable[[Path], T]

    def all(self, home: Path | None = None) -> dict[Key, T]:
        """Every version, the shipped ones first; DataError where two files claim one version."""
        found: dict[Key, T] = {}
        for folder in self._folders(home):
            for path in sorted(folder.glob("*.yml")):
                one = self.read(path)
                key = (one.id, one.version)
                if key in found:
                    raise DataError(
                        Message("version {version} of {id!r} is there twice", version=key[1], id=key[0]),
                        file=str(path), remedy="give the file the next version",
                    )  # fmt: skip
                found[key] = one
        return found

    def file(self, key: Key, home: Path | None = None) -> Path | None:
        """The file of a version; None where there is none."""
        paths = (folder / f"{key[0]}-{key[1]}.yml" for folder in self._folders(home))
        return next((path for path in paths if path.is_file()), None)

    def ships(self, id: str) -> bool:
        """Whether its first version is one of the package's."""
        return (self._folders(None)[0] / f"{id}-1.yml").is_file()

    def add(self, path: Path, home: Path | None = None) -> T:
        """Keep the file at ``path`` as a version that serves from now on.

        Raises DataError where it is damaged, where its version is there already, and where it is not above the versions
        that are there: what people used is never changed. Of two people who add the same version at once, the second
        is told so.
        """
        one = self.read(path)
        own = self._folders(home)[1]
        with held(own):
            last = max((version for id, version in self.all(home) if id == one.id), default=0)
            if one.version <= last:
                raise DataError(
                    Message("version {last} of {id!r} is there already", last=last, id=one.id), file=str(path),
                    column="version", value=one.version, remedy=Message("write `version: {next}`", next=last + 1),
                )  # fmt: skip
            write_whole(own / f"{one.id}-{one.version}.yml", path.read_bytes())
        return one

    def stamp(self, home: Path | None = None) -> tuple[tuple[str, int], ...]:
        """What changes when a version is added: names of the files that editors added, and when they were written."""
        own = self._folders(home)[1]
        return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in own.glob("*.yml")))

    def _folders(self, home: Path | None) -> tuple[Path, Path]:
        return places.shipped() / self.folder, (places.home() if home is None else home) / self.folder
