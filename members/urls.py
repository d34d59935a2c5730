from django.urls import path

from members.views import person, register, steps

app_name = "members"
urlpatterns = [
    path("members/", register.member_list, name="list"),
    path("members/statistics/", register.member_statistics, name="statistics"),
    path("members/new/", person.member_create, name="create"),
    path("members/<int:pk>/", person.member_detail, name="detail"),
    path("members/<int:pk>/edit/", person.member_edit, name="edit"),
    path("members/<int:pk>/reveal/", person.member_reveal, name="reveal"),
    path("members/<int:pk>/transfer-in/", steps.transfer_in, name="transfer_in"),
    path("members/<int:pk>/transfer-out/", steps.transfer_out, name="transfer_out"),
    path("members/<int:pk>/move/", steps.move, name="move"),
    path("members/<int:pk>/absence/", steps.absence_start, name="absence_start"),
    path("members/absences/<int:pk>/end/", steps.absence_end, name="absence_end"),
]
