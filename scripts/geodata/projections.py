"""Planes: an equal-area one to measure in, Lambert-93 and local ones to draw in, and the layout with its insets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Coordinates = npt.NDArray[np.float64]
"""Array of shape (n, 2): longitude and latitude in degrees, or x and y in metres."""

# GRS80, the ellipsoid of RGF93 and (to a tenth of a millimetre) of WGS84.
SEMI_MAJOR = 6_378_137.0
ECCENTRICITY = 0.081_819_191_042_816


def equal_area(degrees: Coordinates) -> Coordinates:
    """Lambert's cylindrical equal-area projection of the ellipsoid, in metres.

    Exact for areas: Snyder, Map Projections (USGS 1395, 1987), equations 3-12 (q) and 10-13, standard parallel 0.
    Only the sides of polygons differ from geodesics, by less than a millionth at the length of a commune's.
    """
    sine, e = np.sin(np.radians(degrees[:, 1])), ECCENTRICITY
    q = (1 - e**2) * (sine / (1 - (e * sine) ** 2) - np.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
    return np.column_stack([SEMI_MAJOR * np.radians(degrees[:, 0]), SEMI_MAJOR * q / 2])


def lambert93(degrees: Coordinates) -> Coordinates:
    """Lambert-93 in metres, with the parameters of IGN's notice NT/G 71 (algorithms ALG0001 and ALG0003)."""
    n, c, x_pole, y_pole, meridian = 0.725_607_765_053_267, 11_754_255.426_096, 700_000.0, 12_655_612.049_876, 3.0
    latitude, e = np.radians(degrees[:, 1]), ECCENTRICITY
    sine = np.sin(latitude)
    isometric = np.log(np.tan(np.pi / 4 + latitude / 2)) + e / 2 * np.log((1 - e * sine) / (1 + e * sine))
    radius, angle = c * np.exp(-n * isometric), n * np.radians(degrees[:, 0] - meridian)
    return np.column_stack([x_pole + radius * np.sin(angle), y_pole - radius * np.cos(angle)])


@dataclass(frozen=True, slots=True)
class Inset:
    """Where an overseas département is drawn: its bounds in degrees and its box in the layout (metres)."""

    departement: str
    name: str
    bounds: tuple[float, float, float, float]
    box: tuple[float, float, float, float]

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle of the bounds."""
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    def local(self, degrees: Coordinates) -> Coordinates:
        """Equirectangular projection about the centre, in metres: true distances along the parallel of the centre."""
        longitude, latitude = self.centre
        metre = np.radians(1) * SEMI_MAJOR
        return (degrees - [longitude, latitude]) * [metre * np.cos(np.radians(latitude)), metre]

    @property
    def scale(self) -> float:
        """How many times larger than metropolitan France the inset is drawn, so that it fills its box but a margin."""
        west, south, east, north = self.bounds
        low, high = self.local(np.array([[west, south], [east, north]]))
        left, bottom, right, top = self.box
        return float(np.min(np.array([right - left, top - bottom]) * 0.88 / (high - low)))

    def placed(self, degrees: Coordinates) -> Coordinates:
        """The local plane, scaled and moved into the box."""
        left, bottom, right, top = self.box
        return self.local(degrees) * self.scale + [(left + right) / 2, (bottom + top) / 2]


# A column in the Bay of Biscay, which the metropolitan coast leaves free: the layout takes no more room than France.
_COLUMN_LEFT, _COLUMN_BOTTOM, _WIDTH, _HEIGHT, _STEP = 80_000.0, 6_050_000.0, 200_000.0, 118_000.0, 128_000.0
_NAMES = {"971": "Guadeloupe", "972": "Martinique", "973": "Guyane", "974": "La Réunion", "976": "Mayotte"}


def insets(bounds: dict[str, tuple[float, float, float, float]]) -> dict[str, Inset]:
    """The inset of each overseas département, by code, from its bounds in degrees; the first stands on top."""
    result = {}
    for place, (code, name) in enumerate(_NAMES.items()):
        bottom = _COLUMN_BOTTOM + (len(_NAMES) - 1 - place) * _STEP
        box = (_COLUMN_LEFT, bottom, _COLUMN_LEFT + _WIDTH, bottom + _HEIGHT)
        result[code] = Inset(code, name, bounds[code], box)
    return result
