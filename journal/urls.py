from django.urls import path

from journal import views

app_name = "journal"
urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.notice_read_all, name="notice_read_all"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("accounts/audit/", views.audit_list, name="audit"),
]
