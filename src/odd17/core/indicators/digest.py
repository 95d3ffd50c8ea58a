"""The sha256 of a table's content, whatever dataframe it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from .stage import FloatArray, Inputs


def digest(units: Sequence[str], columns: Sequence[str], values: FloatArray, *, texts: Iterable[object] = ()) -> str:
    """sha256 of units, column names, values (little-endian float64, one mark for missing) and further texts."""
    found = hashlib.sha256()
    for part in (units, columns, tuple(repr(text) for text in texts)):
        found.update(len(part).to_bytes(8, "little"))
        for text in part:
            content = text.encode()
            found.update(len(content).to_bytes(8, "little"))
            found.update(content)
    # adding zero turns -0.0 into 0.0; every NaN becomes the same one
    canonical = np.where(np.isnan(values), np.nan, values + 0.0)
    found.update(np.ascontiguousarray(canonical, dtype="<f8").tobytes())
    return found.hexdigest()


def digest_inputs(inputs: Inputs) -> str:
    """sha256 of the raw stage and of the attributes that the steps read."""
    texts = [text for name in sorted(inputs.attributes) for text in (name, *inputs.attributes[name])]
    return digest(inputs.raw.units, inputs.raw.columns, inputs.raw.values, texts=texts)
