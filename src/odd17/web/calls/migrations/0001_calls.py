"""Calls for partners and the answers to them."""

import django.db.models.deletion
import odd17.web.contributions.models
import odd17.web.practices.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("alliances", "0003_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("need", models.TextField(max_length=4000, verbose_name="the need")),
                ("signed", models.CharField(max_length=200, verbose_name="who calls")),
                ("territory", models.CharField(max_length=40, verbose_name="territory")),
                ("domains", odd17.web.practices.fields.WordsField(blank=True, default=list, verbose_name="domains")),
                (
                    "kinds",
                    odd17.web.practices.fields.WordsField(
                        blank=True, default=list, verbose_name="kinds of partner sought"
                    ),
                ),
                ("until", models.DateField(verbose_name="open until")),
                ("language", models.CharField(max_length=5)),
                ("published", models.DateTimeField(auto_now_add=True, verbose_name="published on")),
                ("closed", models.DateTimeField(blank=True, null=True, verbose_name="closed on")),
                ("once", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="alliances.alliance"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "call for partners",
                "verbose_name_plural": "calls for partners",
                "ordering": ("until", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CallAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "not answered yet"),
                            ("accepted", "invited into the alliance"),
                            ("declined", "declined"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("name", models.CharField(max_length=200)),
                ("organisation", models.CharField(max_length=200)),
                ("kind", odd17.web.practices.fields.WordField(verbose_name="kind of actor")),
                ("email", models.EmailField(max_length=254)),
                ("text", models.TextField()),
                ("reply", models.TextField(blank=True)),
                ("replied", models.DateTimeField(blank=True, null=True)),
                (
                    "token",
                    models.CharField(
                        default=odd17.web.contributions.models.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                (
                    "confirming",
                    models.CharField(
                        default=odd17.web.contributions.models.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("once", models.CharField(editable=False, max_length=200, unique=True)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("confirmed", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="call_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="calls.call"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="alliances.invitation",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a call",
                "verbose_name_plural": "answers to calls",
                "ordering": ("confirmed", "pk"),
            },
        ),
    ]
