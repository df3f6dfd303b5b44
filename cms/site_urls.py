"""PLACEHOLDER by the lead until the owner of this file writes it: overwrite freely."""
from django.contrib.auth.views import LoginView
from django.urls import path
app_name = "site"
urlpatterns = [path("login/", LoginView.as_view(), name="login")]
