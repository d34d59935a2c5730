from django.urls import path

from visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.duty_list, name="list"),
    path("visits/new/", views.occasion_create, name="occasion_create"),
    path("visits/new/family/", views.family_create, name="family_create"),
    path("visits/deaths/new/", views.death_create, name="death_create"),
    path("visits/duties/<int:pk>/log/", views.duty_log, name="duty_log"),
    path("visits/duties/<int:pk>/phone/", views.duty_phone, name="duty_phone"),
    path("visits/occasions/<int:pk>/", views.occasion_detail, name="occasion_detail"),
    path("visits/occasions/<int:pk>/notes/", views.occasion_notes, name="occasion_notes"),
    path("visits/occasions/<int:pk>/discharge/", views.occasion_discharge, name="occasion_discharge"),
    path("visits/occasions/<int:pk>/close/", views.occasion_close, name="occasion_close"),
    path("visits/on-behalf/", views.behalf_list, name="behalf_list"),
    path("visits/on-behalf/<int:pk>/", views.behalf_create, name="behalf_create"),
]
