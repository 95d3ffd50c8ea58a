"""The connectors by the name that a source file calls them by; each is loaded when a source asks for it."""

from __future__ import annotations

from importlib import import_module

from odd17.core.kernel import DataError, Message

from .protocol import Connector

NAMES = ("data_gouv", "dido", "file", "geo_api", "melodi", "opendatasoft", "sdmx")
"""What ``connector`` may say in a source file: the module of the same name has the ``CONNECTOR``."""


def connector_of(name: str) -> Connector:
    """The connector called ``name``; raises DataError where there is none.

    Loading waits until a source is fetched: SDMX alone brings more code than the rest of the command.
    """
    if name not in NAMES:
        raise DataError(
            "no such connector",
            column="connector",
            value=name,
            remedy=Message("write one of {names}", names=list(NAMES)),
        )
    found: Connector = import_module(f".{name}", __package__).CONNECTOR
    return found
