"""How published files are fetched: one connector a kind of service, one polite client for all of them."""

from .protocol import Connector, RawFile, Vintage, Wanted
from .registry import connector_of

__all__ = ["Connector", "RawFile", "Vintage", "Wanted", "connector_of"]
