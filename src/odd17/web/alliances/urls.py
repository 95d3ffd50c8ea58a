"""Addresses of alliances; all but the card and the preparation are for members."""

from __future__ import annotations

from django.urls import path, re_path

from .views.contribution import agree as agree_to_figures
from .views.contribution import contribution, contribution_file
from .views.documents import document_file, document_out, documents
from .views.evaluations import document, evaluation, open_one
from .views.follow_up import follow_up
from .views.partners import agree, describe, invitation, invitation_out, join, leave, partner_out, steward
from .views.prepare import prepare
from .views.public import card, draft
from .views.reminders import choose, stop
from .views.work import dialogue, event, promise, step
from .views.workspace import alliances, begin, purpose, workspace

urlpatterns = [
    path("", alliances, name="alliances"),
    path("nouvelle/", begin, name="alliance_begin"),
    re_path(r"^preparer-un-dialogue\.(?P<format>pdf|docx)$", prepare, name="dialogue_prepare"),
    path("rejoindre/<str:token>/", join, name="alliance_join"),
    path("rappels/<str:token>/", stop, name="alliance_reminders"),
    path("<int:number>/", workspace, name="alliance"),
    path("<int:number>/rappels/", choose, name="alliance_reminded"),
    path("<int:number>/carte/", card, name="alliance_card"),
    path("<int:number>/but/", purpose, name="alliance_purpose"),
    path("<int:number>/inviter/", invitation, name="alliance_invite"),
    path("<int:number>/inviter/<int:invitation>/retirer/", invitation_out, name="alliance_invitation_out"),
    path("<int:number>/documents/", documents, name="alliance_documents"),
    path("<int:number>/documents/<int:document>/", document_file, name="alliance_document"),
    path("<int:number>/documents/<int:document>/retirer/", document_out, name="alliance_document_out"),
    path("<int:number>/partenaires/<int:partner>/", describe, name="alliance_partner"),
    path("<int:number>/partir/", leave, name="alliance_leave"),
    path("<int:number>/accord/", agree, name="alliance_agree"),
    path("<int:number>/partenaires/<int:partner>/partir/", partner_out, name="alliance_partner_out"),
    path("<int:number>/personnes/<int:person>/", steward, name="alliance_steward"),
    path("<int:number>/engagements/", promise, name="alliance_promise"),
    path("<int:number>/engagements/<int:promise>/", event, name="alliance_event"),
    path("<int:number>/dialogues/", dialogue, name="alliance_dialogue"),
    re_path(r"^(?P<number>\d+)/suivi\.(?P<format>pdf|docx)$", follow_up, name="alliance_follow_up"),
    path("<int:number>/territoire/", contribution, name="alliance_contribution"),
    path("<int:number>/territoire/accord/", agree_to_figures, name="alliance_contribution_agree"),
    path("<int:number>/territoire/<str:format>/", contribution_file, name="alliance_contribution_file"),
    path("<int:number>/chemin/", step, name="alliance_step"),
    path("<int:number>/pratique/", draft, name="alliance_draft"),
    path("<int:number>/evaluations/", open_one, name="alliance_evaluate"),
    path("<int:number>/evaluations/<int:evaluation>/", evaluation, name="alliance_evaluation"),
    re_path(
        r"^(?P<number>\d+)/evaluations/(?P<evaluation>\d+)/rapport-(?P<names>avec-noms|sans-noms)\.(?P<format>pdf|docx)$",
        document,
        name="alliance_evaluation_file",
    ),
]
