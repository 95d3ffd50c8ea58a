"""Addresses of programmes."""

from __future__ import annotations

from django.urls import path, re_path

from .views.comments import change as change_comment
from .views.comments import comment, remove
from .views.contribution import measure_contribution, measure_contribution_file
from .views.desk import amounts, begin, change, desk, publish
from .views.files import blank, measures_file
from .views.money import money, money_table
from .views.people import invitation_out, invite, join, leave
from .views.people import remove as remove_editor
from .views.public import all_programmes, changes, file, measure, measures, programme, workstream
from .views.reviews import publish as publish_review
from .views.reviews import review

urlpatterns = [
    path("", all_programmes, name="programmes"),
    path("nouveau/", begin, name="programme_begin"),
    path("modele/<str:what>/<str:format>/", blank, name="programme_blank"),
    path("rejoindre/<str:token>/", join, name="programme_join"),
    path("<slug:id>/", programme, name="programme"),
    path("<slug:id>/mesures/", measures, name="programme_measures"),
    path("<slug:id>/mesures/<int:number>/", measure, name="programme_measure"),
    path("<slug:id>/mesures/<int:number>/territoire/", measure_contribution, name="measure_contribution"),
    path(
        "<slug:id>/mesures/<int:number>/territoire/<str:format>/",
        measure_contribution_file,
        name="measure_contribution_file",
    ),
    path("<slug:id>/mesures/fichier/<str:format>/", measures_file, name="programme_measures_file"),
    path("<slug:id>/chantiers/<slug:stream>/", workstream, name="programme_workstream"),
    path("<slug:id>/changements/", changes, name="programme_changes"),
    path("<slug:id>/argent/", money, name="programme_money"),
    path("<slug:id>/argent/fichier/<str:format>/", money_table, name="programme_money_file"),
    re_path(r"^(?P<id>[\w-]+)/bilan\.(?P<format>csv|tableur-fr\.csv|xlsx|json|pdf|docx)$", file, name="programme_file"),
    path("<slug:id>/gerer/", desk, name="programme_desk"),
    path("<slug:id>/gerer/modifier/", change, name="programme_change"),
    path("<slug:id>/gerer/montants/", amounts, name="programme_amounts"),
    path("<slug:id>/gerer/commenter/", comment, name="programme_comment"),
    path("<slug:id>/gerer/commentaires/<int:number>/", change_comment, name="programme_comment_change"),
    path("<slug:id>/gerer/commentaires/<int:number>/retirer/", remove, name="programme_comment_remove"),
    path("<slug:id>/gerer/publier/", publish, name="programme_publish"),
    path("<slug:id>/gerer/inviter/", invite, name="programme_invite"),
    path("<slug:id>/gerer/inviter/<int:number>/retirer/", invitation_out, name="programme_invitation_out"),
    path("<slug:id>/gerer/personnes/<int:number>/retirer/", remove_editor, name="programme_editor_out"),
    path("<slug:id>/gerer/quitter/", leave, name="programme_leave"),
    path("<slug:id>/gerer/bilans/nouveau/", review, name="programme_review_new"),
    path("<slug:id>/gerer/bilans/<int:number>/", review, name="programme_review"),
    path("<slug:id>/gerer/bilans/<int:number>/publier/", publish_review, name="programme_review_publish"),
]
