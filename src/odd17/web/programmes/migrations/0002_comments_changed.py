"""A comment may be changed or taken away by who wrote it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "programmecomment", "changed", models.DateTimeField(blank=True, null=True, verbose_name="changed on")
        ),
        migrations.AddField(
            "programmecomment", "removed", models.DateTimeField(blank=True, null=True, verbose_name="removed on")
        ),
        migrations.AlterField(
            "programmecomment", "text", models.TextField(blank=True, max_length=3000, verbose_name="comment")
        ),
    ]
