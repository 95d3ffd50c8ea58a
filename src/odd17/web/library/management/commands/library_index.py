"""``library_index``: what ``odd17 practices reindex`` and ``odd17 serve`` run besides; models need Django ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.library.following import INDEX


class Command(BaseCommand):
    """Bring the index of the library up to date, or build it again."""

    help = "Build the index of the library again, or only what it lacks; run by odd17 practices reindex."
    stealth_options: ClassVar = ("whole", "done")

    def handle(self, *args: object, **options: object) -> None:
        """``whole``: build it again, and tell ``done`` how many resources it holds."""
        if options["whole"]:
            options["done"](INDEX.rebuild())
        else:
            INDEX.follow()
