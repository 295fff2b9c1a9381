"""Addresses of the welcome page and the profile."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("demo-sign-in", views.demo_sign_in, name="demo-sign-in"),
    path("profile", views.profile, name="profile"),
    path("profile/resumes", views.upload_resume, name="upload-resume"),
    path("profile/resumes/<int:pk>", views.resume_file, name="resume"),
    *(
        path(
            f"profile/resumes/<int:pk>/{action}",
            views.change_resume,
            {"action": action},
            name=f"{action}-resume",
        )
        for action in ("default", "retire")
    ),
    path("profile/answers", views.add_answer, name="add-answer"),
    path("profile/answers/<int:pk>/delete", views.delete_answer, name="delete-answer"),
    path("profile/tokens", views.add_token, name="add-token"),
    path("profile/tokens/<int:pk>/revoke", views.revoke_token, name="revoke-token"),
]
