"""Steps from plain values: what a file of an index says, turned into the steps themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from odd17.core.kernel import Message, UsageError

from .choose import one_of
from .index import STEPS
from .step import Step


def step_from(words: Mapping[str, Any], tables: Mapping[str, Any]) -> Step:
    """The step that ``words`` describe: ``step`` is its name, the rest its choices.

    A choice called ``by`` whose value is a key of ``tables`` is that table. Raises UsageError with the near name for an
    unknown step or choice, and what the step itself refuses.

    >>> step_from({"step": "Aggregate", "method": "geometric"}, {}).method
    'geometric'
    """
    kind = STEPS[one_of(words.get("step"), STEPS, "step")]
    known = dict.fromkeys(choice.name for choice in fields(kind))
    choices = {
        one_of(name, known, f"choice of {kind.__name__}"): value for name, value in words.items() if name != "step"
    }
    by = choices.get("by")
    if isinstance(by, str) and by in tables:
        choices["by"] = tables[by]
    try:
        return kind(**choices)
    except TypeError as error:
        raise UsageError(Message("{kind} cannot take this: {error}", kind=kind.__name__, error=str(error))) from error
