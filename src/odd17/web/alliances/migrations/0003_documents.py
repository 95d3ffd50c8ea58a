"""Documents of an alliance with their removal, reminders said once, and a partner that may come back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import odd17.web.contributions.models


class Migration(migrations.Migration):
    dependencies = [
        ("alliances", "0002_chosen_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AllianceDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="what it is")),
                ("kind", models.CharField(max_length=90)),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("digest", models.CharField(max_length=64)),
                (
                    "file",
                    models.FileField(storage=odd17.web.contributions.models.private_files, upload_to="alliances/%Y/%m"),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ("-recorded", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DocumentRemoval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "removal of a document",
                "verbose_name_plural": "removals of documents",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=60)),
                ("sent", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
            },
        ),
        migrations.RemoveConstraint(
            model_name="partner",
            name="partner_once_an_alliance",
        ),
        migrations.AddField(
            model_name="alliance",
            name="once",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="person",
            name="reminders",
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left", None)), fields=("alliance", "name"), name="partner_once_an_alliance"
            ),
        ),
        migrations.AddField(
            model_name="alliancedocument",
            name="alliance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="alliances.alliance"
            ),
        ),
        migrations.AddField(
            model_name="alliancedocument",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="alliancedocument",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="alliances.partner"
            ),
        ),
        migrations.AddField(
            model_name="documentremoval",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="documentremoval",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="removal", to="alliances.alliancedocument"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reminded", to="alliances.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("person", "what"), name="reminded_once"),
        ),
    ]
