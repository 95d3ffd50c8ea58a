"""The indexes of practices and of the library: what is kept for search, beside what it is made from."""

from .places import Place, Places, nowhere
from .practice_index import PracticeIndex
from .resource_index import ResourceIndex
from .synonyms import Synonyms, load_synonyms

__all__ = ["Place", "Places", "PracticeIndex", "ResourceIndex", "Synonyms", "load_synonyms", "nowhere"]
