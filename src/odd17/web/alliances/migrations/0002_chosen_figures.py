"""Which figures are read beside an alliance."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChosenFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicators", models.JSONField(default=list, verbose_name="indicators")),
                ("ended", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("version", models.PositiveIntegerField(default=1)),
                ("agreed", models.ManyToManyField(blank=True, related_name="+", to="alliances.partner")),
                (
                    "alliance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="alliances.alliance"
                    ),
                ),
            ],
            options={
                "verbose_name": "figures read beside an alliance",
                "verbose_name_plural": "figures read beside alliances",
            },
        ),
    ]
