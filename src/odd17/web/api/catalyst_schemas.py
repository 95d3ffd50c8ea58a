"""The shapes of the API's answers about catalysts, those of ``publishing.catalyst_payload``."""

from __future__ import annotations

from ninja import Schema

from .practice_schemas import NamedOut


class CatalystOut(Schema):
    """An entry of the directory. ``state`` is fresh, stale or cited: a source names it, nobody has claimed it.

    ``doubtful_trades`` are those that a damaged source leaves unsure; ``count`` is how many it stands for. ``reach`` is
    here, wider or part where a territory was asked for. Nobody's name or address is given: one writes by its page.
    """

    id: str
    name: str
    doubtful_name: bool
    count: int
    kind: NamedOut
    summary: str
    trades: list[NamedOut]
    doubtful_trades: list[NamedOut]
    domains: list[NamedOut]
    territories: list[NamedOut]
    services: list[NamedOut]
    languages: list[NamedOut]
    practices: list[str]
    sources: list[str]
    state: str
    cited: bool
    confirmed: str | None
    reach: str | None
    path: str


class CatalystsOut(Schema):
    """The entries found, page by page. A directory is no census: its counts measure nothing of a place."""

    total: int
    page: int
    limit: int
    catalysts: list[CatalystOut]


class AbsenceOut(Schema):
    """Who looked and found nobody, and when."""

    source: str
    day: str


class CoverageOut(Schema):
    """A trade on a territory. ``presence`` is someone, doubtful, no_one_known (perhaps nobody looked) or no_one."""

    territory: NamedOut
    trade: NamedOut
    presence: str
    catalysts: list[str]
    doubtful: list[str]
    absence: AbsenceOut | None
