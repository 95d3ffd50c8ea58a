"""Territories of any level instead of regions alone, and the parts that all that was ever shown makes."""

from collections import defaultdict

from django.db import migrations, models


def take_over(apps, _editor):
    """Carry snapshots over: their groups by region, those that had become silent, and the parts that they make."""
    for kept in apps.get_model("self_diagnosis", "MirrorSnapshot").objects.all():
        held = defaultdict(set)
        for place, one in enumerate(kept.groups):
            one["group"] = sorted(["territory" if name == "region" else name, value] for name, value in one["group"])
            for member in one["members"]:
                held[member].add(place)
        numbers = {}
        kept.parts = {
            member: numbers.setdefault(frozenset(places), len(numbers)) for member, places in sorted(held.items())
        }
        kept.groups = [one for one in kept.groups if one["figures"] is not None]
        kept.save()


class Migration(migrations.Migration):

    dependencies = [
        ("self_diagnosis", "0002_write_questionnaire"),
    ]

    operations = [
        migrations.RenameField("answering", "region", "territory"),
        migrations.AlterField(
            "answering", "territory", models.CharField(blank=True, max_length=20, verbose_name="territory")
        ),
        migrations.AddField("mirrorsnapshot", "parts", models.JSONField(default=dict)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
