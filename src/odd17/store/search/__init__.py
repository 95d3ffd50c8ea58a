"""The index of practices: what is kept for search, beside the practices that it is made from."""

from .places import Place, Places, nowhere
from .practice_index import PracticeIndex
from .synonyms import Synonyms, load_synonyms

__all__ = ["Place", "Places", "PracticeIndex", "Synonyms", "load_synonyms", "nowhere"]
