"""The package shows one front door, and everything behind it is documented."""

from __future__ import annotations

import inspect

import odd17


def test_front_door_lists_exactly_what_it_offers() -> None:
    offered = {
        name
        for name, item in vars(odd17).items()
        if not name.startswith("_") and not inspect.ismodule(item) and name != "annotations"
    }
    assert offered == set(odd17.__all__)


def test_front_door_is_sorted_and_documented() -> None:
    assert list(odd17.__all__) == sorted(odd17.__all__)
    for name in odd17.__all__:
        assert inspect.getdoc(getattr(odd17, name)), f"odd17.{name} has no docstring"
