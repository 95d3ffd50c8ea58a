"""Consent to be named lasts two years from the day on which it was given."""

from __future__ import annotations

from django.db import migrations, models

import odd17.web.practices.models
from odd17.web.practices.consent import consent_ends


def end_those_given(apps, schema_editor):
    for contact in apps.get_model("practices", "PracticeContact").objects.all():
        contact.ends = consent_ends(contact.consented.date())
        contact.save(update_fields=["ends"])


class Migration(migrations.Migration):

    dependencies = [
        ("practices", "0004_both_languages"),
    ]

    operations = [
        migrations.AddField(
            model_name="practicecontact",
            name="ends",
            field=models.DateField(default=odd17.web.practices.models._end_of_consent, verbose_name="shown until"),
        ),
        migrations.AddField(
            model_name="practicecontact",
            name="reminded",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminded on"),
        ),
        migrations.RunPython(end_those_given, migrations.RunPython.noop),
    ]
