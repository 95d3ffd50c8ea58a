"""The shapes of the API's answers about calls for partners."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class CallOut(Schema):
    """An open call: what is needed, who calls, where, for whom, until when. It holds nothing of its answers."""

    id: int
    title: str
    need: str
    signed: str
    territory: str
    domains: list[str]
    kinds: list[str]
    language: str
    published: datetime
    until: date
    path: str


class CallsOut(Schema):
    """The open calls found."""

    total: int
    page: int
    limit: int
    calls: list[CallOut]
