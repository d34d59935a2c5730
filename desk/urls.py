from django.urls import path

from desk import public, views

app_name = "desk"
urlpatterns = [
    path("", public.root, name="root"),
    path("c/<slug:slug>/", public.public_home, name="public_home"),
    path("c/<slug:slug>/about/", public.about, name="about"),
    path("desk/", views.home, name="home"),
]
