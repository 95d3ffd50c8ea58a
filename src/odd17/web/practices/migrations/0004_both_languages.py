"""Practices are told in French or in English: both locales are there from the start."""

from __future__ import annotations

from django.db import migrations


def add_locales(apps, schema_editor):
    locale = apps.get_model("wagtailcore", "Locale")
    for code in ("fr", "en"):
        locale.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):

    dependencies = [
        ("practices", "0003_imports_and_merging"),
        ("wagtailcore", "0054_initial_locale"),
    ]

    operations = [migrations.RunPython(add_locales, migrations.RunPython.noop)]
