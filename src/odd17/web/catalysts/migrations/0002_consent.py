"""Nobody is kept without their consent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalysts", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="catalystentry",
            constraint=models.CheckConstraint(
                condition=models.Q(contact="", email="") | models.Q(consented__isnull=False),
                name="catalyst_nobody_without_consent",
            ),
        ),
    ]
