"""Where people sign in and up: our pages stand before django-allauth's, under its names."""

from allauth.headless.constants import Client
from django.urls import path

from shop.storefront.accounts import headless, social, views

urlpatterns = [
    path("account/login/", views.LoginView.as_view()),
    path("account/login/code/", views.CodeRequestView.as_view()),
    path("account/login/code/confirm/", views.CodeConfirmView.as_view()),
    path("account/signup/", views.SignupView.as_view()),
    path("account/email/", views.EmailView.as_view()),
    path("account/oidc/<str:provider_id>/login/", social.begin),
    path("account/oidc/<str:provider_id>/login/callback/", social.callback),
    *(
        path(f"_allauth/{client.value}/v1/{address}", view.as_api_view(client=client))
        for client in (Client.APP, Client.BROWSER)
        for address, view in (
            ("auth/signup", headless.SignupView),
            ("auth/code/request", headless.RequestCodeView),
            ("auth/code/confirm", headless.ConfirmCodeView),
            ("auth/code/resend", headless.ResendCodeView),
            ("account/email", headless.ManageEmailView),
            ("account/providers", headless.ManageProvidersView),
        )
    ),
]
