from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("practices", "0005_consent_ends"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="private",
            field=models.BooleanField(
                default=False,
                help_text="Published for those who are signed in, and shown to nobody else.",
                verbose_name="only for members",
            ),
        ),
        migrations.AddIndex(
            model_name="practice",
            index=models.Index(condition=models.Q(("live", True)), fields=["expire_at"], name="practice_ends"),
        ),
    ]
