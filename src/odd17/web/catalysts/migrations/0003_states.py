"""The states of an entry in words of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalysts", "0002_consent")]

    operations = [
        migrations.AlterField(
            model_name="catalystentry",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waits for the address to be confirmed"),
                    ("sent", "being read by a moderator"),
                    ("answered", "waits for its holder’s changes"),
                    ("declined", "entry declined"),
                    ("accepted", "entry published"),
                ],
                default="waiting",
                max_length=9,
                verbose_name="state",
            ),
        ),
    ]
