"""Addresses of the welcome page and the profile."""

from django.urls import path

from accounts import start_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("demo-sign-in", views.demo_sign_in, name="demo-sign-in"),
    path("start", start_views.start, name="start"),
    path("start/resume", start_views.upload, name="start-upload"),
    path("start/confirm", start_views.confirm, name="start-confirm"),
    path("start/questions", start_views.questions, name="start-questions"),
    path("profile/resume.json", start_views.export, name="export-json-resume"),
    path("profile/resumes/<int:pk>/read", start_views.read_resume, name="read-resume"),
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
    path("profile/answers/<int:pk>", views.change_answer, name="change-answer"),
    path("profile/answers/<int:pk>/delete", views.delete_answer, name="delete-answer"),
    path("profile/tokens", views.add_token, name="add-token"),
    path("profile/tokens/<int:pk>/revoke", views.revoke_token, name="revoke-token"),
]
