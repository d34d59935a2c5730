from django.urls import path

from branches import views

app_name = "branches"
urlpatterns = [
    path("branches/", views.branch_list, name="list"),
    path("branches/new/", views.branch_create, name="branch_create"),
    path("branches/<int:pk>/", views.branch_edit, name="branch_edit"),
    path("branches/<int:pk>/groups/new/", views.group_create, name="group_create"),
    path("branches/committee/", views.committee_edit, name="committee_edit"),
    path("branches/choose/", views.committee_choose, name="choose"),
    path("branches/grants/", views.grant_list, name="grants"),
    path("branches/grants/new/", views.grant_create, name="grant_create"),
    path("branches/grants/<int:pk>/end/", views.grant_end, name="grant_end"),
]
