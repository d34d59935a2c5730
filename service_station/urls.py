from django.urls import path

from service_station.views import lists, public, reports

app_name = "station"
urlpatterns = [
    path("station/", lists.report_list, name="list"),
    path("station/reports/new/", reports.report_create, name="report_create"),
    path("station/reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("station/reports/<int:pk>/slip/", reports.report_slip, name="report_slip"),
    path("station/reports/<int:pk>/edit/", reports.report_edit, name="report_edit"),
    path("station/reports/<int:pk>/phone/", reports.report_reveal, name="report_reveal"),
    path("station/reports/<int:pk>/note/", reports.report_note, name="report_note"),
    path("station/reports/<int:pk>/promote/", reports.report_promote, name="report_promote"),
    path("station/reports/<int:pk>/move/<slug:name>/", reports.report_move, name="report_move"),
    path("station/complaints/", lists.complaint_list, name="complaints"),
    path("station/complaints/<int:pk>/", reports.complaint_detail, name="complaint_detail"),
    path("station/complaints/<int:pk>/edit/", reports.complaint_edit, name="complaint_edit"),
    path("station/complaints/<int:pk>/phone/", reports.complaint_reveal, name="complaint_reveal"),
    path("station/complaints/<int:pk>/note/", reports.complaint_note, name="complaint_note"),
    path("station/complaints/<int:pk>/move/<slug:name>/", reports.complaint_move, name="complaint_move"),
    path("c/<slug:slug>/report/", public.public_report, name="public_report"),
    path("c/<slug:slug>/report/received/", public.public_received, name="public_received"),
    path("c/<slug:slug>/report/lookup/", public.public_lookup, name="public_lookup"),
]
