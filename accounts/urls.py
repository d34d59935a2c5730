from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", views.SignInView.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/password/", views.password_change, name="password_change"),
    path("accounts/users/", views.user_list, name="users"),
    path("accounts/users/new/", views.user_create, name="user_create"),
    path("accounts/users/<int:pk>/", views.user_edit, name="user_edit"),
    path("accounts/users/<int:pk>/disable/", views.user_disable, name="user_disable"),
    path("accounts/users/<int:pk>/enable/", views.user_enable, name="user_enable"),
    path("accounts/users/<int:pk>/reset/", views.user_reset, name="user_reset"),
    path("accounts/users/<int:pk>/unlock/", views.user_unlock, name="user_unlock"),
]
