"""The shades are told apart, whatever the vision of colours and the page."""

from __future__ import annotations

import colorsys
import itertools

import pytest

from odd17.publishing.charts import palette

RAMPS = [palette.FRAGILITY, palette.NEUTRAL]


@pytest.mark.parametrize("ramp", RAMPS)
def test_a_ramp_runs_from_light_to_dark_in_steps_that_show(ramp: tuple[str, ...]) -> None:
    for lighter, darker in itertools.pairwise(ramp):
        assert palette.luminance(lighter) > palette.luminance(darker)
        assert palette.contrast(lighter, darker) >= 1.35
    assert palette.contrast(ramp[0], ramp[-1]) >= 7


@pytest.mark.parametrize("ramp", RAMPS)
def test_a_ramp_has_one_hue(ramp: tuple[str, ...]) -> None:
    hues = [
        colorsys.rgb_to_hls(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)))[0] * 360
        for colour in ramp
    ]
    assert max(hues) - min(hues) <= 20


@pytest.mark.parametrize("colour", [palette.ACCENT, palette.OTHER, palette.BORDER])
@pytest.mark.parametrize("page", [palette.LIGHT_PAGE, palette.DARK_PAGE])
def test_marks_and_borders_stand_out_on_both_pages(colour: str, page: str) -> None:
    assert palette.contrast(colour, page) >= 3


def test_shades_keep_the_ends_and_can_run_backwards() -> None:
    assert palette.shades(5) == palette.FRAGILITY
    assert palette.shades(3, descending=True) == palette.FRAGILITY[::-2]
    with pytest.raises(ValueError, match="6 shades"):
        palette.shades(6)
