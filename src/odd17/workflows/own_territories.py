"""Define, list and forget territories of one's own; they enter the next release."""

from odd17.store.own_territories import OwnFile, define, forget, own_files

__all__ = ["OwnFile", "define", "forget", "own_files"]
