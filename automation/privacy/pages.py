"""The page where a person takes a copy of everything, or has all of it deleted."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from automation.privacy import services
from jobswipe.pages import person, personal, private_stream
from jobswipe.problems import InvalidInput


@personal
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about the person, and what they may ask for."""
    kept = {"keep_stories": settings.KEEP_STORIES_DAYS, "keep_unused": settings.KEEP_UNUSED_DAYS}
    return render(request, "automation/privacy.html", kept)


@personal
@require_GET
def everything(request: HttpRequest) -> HttpResponseBase:
    """A copy of all that is kept about the person, as one file."""
    return private_stream(services.everything_of(person(request)), content_type="application/zip", name="jobswipe.zip")


@personal
@require_POST
def delete_account(request: HttpRequest) -> HttpResponse:
    """Delete the person with all that is kept about them, once they have typed their address."""
    user = person(request)
    if request.POST.get("email", "").strip().lower() != user.email.lower():
        raise InvalidInput(gettext("Type your e-mail address as you sign in with it, to show that you mean it."))
    services.delete_account(user)
    logout(request)
    messages.success(request, gettext("Your account is deleted, with all that was kept about you."))
    return redirect("accounts:welcome")
