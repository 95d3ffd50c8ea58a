from __future__ import annotations

import numpy as np
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.weight import weight_vector
from odd17.core.kernel import UsageError


def test_noise_spreads_evenly_around_the_weights_and_no_further(frame: Frame) -> None:
    drawn = odd17.Noise(0.25).draw(frame, 4000, np.random.default_rng(1)) / weight_vector(frame)
    assert drawn.min() >= 0.75
    assert drawn.max() <= 1.25
    np.testing.assert_allclose(drawn.mean(axis=0), 1.0, atol=0.01)
    np.testing.assert_allclose(drawn.std(axis=0), 0.25 / np.sqrt(3), rtol=0.05)


@pytest.mark.parametrize("level", ["domain", 2])
def test_noise_may_be_kept_to_some_levels(frame: Frame, level: str | int) -> None:
    drawn = odd17.Noise(0.5, levels=[level]).draw(frame, 10, np.random.default_rng(1))
    moved = {code for code, column in zip(frame.codes, drawn.T, strict=True) if len(set(column)) > 1}
    assert moved == {"work", "home", "empty"}


@pytest.mark.parametrize("factor", [0.0, -0.1, 1.01])
def test_noise_must_leave_weights_above_zero(factor: float) -> None:
    with pytest.raises(UsageError, match="above 0 and at most 1"):
        odd17.Noise(factor)
