"""The municipal arrondissements of Paris, Lyon and Marseille: parts of a commune, never territories of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MUNICIPAL_ARRONDISSEMENTS: Mapping[str, str] = MappingProxyType(
    {
        **{str(code): "75056" for code in range(75101, 75121)},
        **{str(code): "13055" for code in range(13201, 13217)},
        **{str(code): "69123" for code in range(69381, 69390)},
    }
)
"""The code of the commune that each municipal arrondissement belongs to.

>>> len(MUNICIPAL_ARRONDISSEMENTS), MUNICIPAL_ARRONDISSEMENTS["75101"]
(45, '75056')
"""
