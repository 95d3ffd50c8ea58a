"""Why a part of a document does not fit its JSON Schema, in odd17's words: a validator's own are for programmers."""

from __future__ import annotations

import json
import re
from typing import Any

from jsonschema import ValidationError

from odd17.core.kernel import Message

_KINDS = {
    "string": Message("a text"),
    "number": Message("a number"),
    "integer": Message("a whole number"),
    "boolean": Message("true or false"),
    "array": Message("a list"),
    "object": Message("keys and values"),
    "null": Message("nothing"),
}


def unfit(error: ValidationError) -> Message:
    """Why a part of a document does not fit its schema, in odd17's words."""
    instance: Any = error.instance
    wanted: Any = error.validator_value
    found = _shown(instance)
    match error.validator:
        case "required":
            return Message("{key!r} is a required property", key=next(key for key in wanted if key not in instance))
        case "dependentRequired":
            given = next(key for key, others in wanted.items() if key in instance and set(others) - set(instance))
            return Message("{given!r} goes with {keys}", given=given, keys=list(wanted[given]))
        case "additionalProperties":
            return Message("it may not have {keys}", keys=_unexpected(error))
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else list(wanted)
            return Message("{found!r} is not {kinds}", found=found, kinds=[_KINDS[kind] for kind in kinds])
        case "enum":
            return Message("{found!r} is not one of {known}", found=found, known=[str(item) for item in wanted])
        case "const":
            return Message("{found!r} is not {wanted!r}", found=found, wanted=wanted)
        case "pattern":
            return Message("{found!r} does not match {pattern!r}", found=found, pattern=wanted)
        case "format":
            return Message("{found!r} is not a {format!r}", found=found, format=wanted)
        case "minimum" | "exclusiveMinimum":
            return Message("{found!r} is too small", found=found)
        case "maximum" | "exclusiveMaximum":
            return Message("{found!r} is too large", found=found)
        case "minLength" | "minItems" | "minProperties":
            return Message("{found!r} is too short", found=found)
        case "maxLength" | "maxItems" | "maxProperties":
            return Message("{found!r} is too long", found=found)
        case "uniqueItems":
            return Message("{found!r} has an item twice", found=found)
        case _:
            return Message("not accepted here")


def _unexpected(error: ValidationError) -> list[str]:
    instance: Any = error.instance
    schema: Any = error.schema
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return [str(key) for key in instance if key not in known and not any(re.search(p, key) for p in patterns)]


def _shown(found: object, limit: int = 100) -> object:
    if isinstance(found, int | float) or found is None:
        return found
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= limit else f"{text[:limit]}…"
