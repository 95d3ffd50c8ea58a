"""Each learning module that can be begun has its resource, so that a search finds it; the resource follows the module.

What an editor wrote instead of the module's title or summary stays: what no version of the module says is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from odd17.core.resources import library as core
from odd17.core.resources.learning import Module
from odd17.core.resources.starting import Start
from odd17.workflows.modules import current_modules, modules, ships

from .models import Resource

_ORIGIN: Final = "module-"
_FIELDS: Final = ("title", "summary")


def module_starts(languages: tuple[str, ...]) -> Iterator[Start]:
    """The resource of each module, in each language; a producer and a licence where odd17 brings the module."""
    for module in current_modules():
        for language in languages:
            with override(language):
                link = reverse("learning_module", args=[module.id])
            told = {field: getattr(module, field).in_language(language) for field in _FIELDS}
            made = {"producer": "odd17", "licence": "agpl-3.0", "goals": ("17",)} if ships(module.id) else {}
            shown = core.Resource("", kind="module", language=language, link=link, **told, **made)
            yield Start(f"{_ORIGIN}{module.id}", shown)


def modules_follow() -> None:
    """Rename the resources of modules that were renamed, withdraw those of modules that cannot be begun any more."""
    current = {module.id: module for module in current_modules()}
    for resource in Resource.objects.filter(origin__startswith=_ORIGIN).select_related("locale"):
        module = current.get(resource.origin.removeprefix(_ORIGIN))
        if module is None:
            if resource.live:
                resource.unpublish()
        elif _renamed(resource, module) or _withdrawn_here(resource):
            resource.save_revision().publish()


def _renamed(resource: Resource, module: Module) -> bool:
    """Give ``resource`` the words of ``module`` in the place of those of another version; whether any changed.

    Where an editor has a draft, it waits: publishing would undo the draft.
    """
    if not resource.live or resource.has_unpublished_changes:
        return False
    language = resource.locale.language_code
    versions = [one for one in modules().values() if one.id == module.id]
    before = {field: getattr(resource, field) for field in _FIELDS}
    for field, said in before.items():
        if said in {getattr(one, field).in_language(language) for one in versions}:
            setattr(resource, field, getattr(module, field).in_language(language))
    return before != {field: getattr(resource, field) for field in _FIELDS}


def _withdrawn_here(resource: Resource) -> bool:
    """Whether it is withdrawn, and nobody but :func:`modules_follow` did it."""
    if resource.live:
        return False
    last = ModelLogEntry.objects.for_instance(resource).filter(action="wagtail.unpublish").order_by("-pk").first()
    return last is not None and last.user_id is None
