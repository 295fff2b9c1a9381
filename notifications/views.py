"""The page on which a person chooses what they hear of, and what its script sends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from jobswipe.pages import back, person, personal
from notifications import services, vapid
from notifications.forms import SubscriptionForm, WishesForm

SESSION_KEY = "push_endpoint"  # this browser's subscription, to be forgotten at sign-out


@personal
@require_http_methods(["GET", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person hears of, kind by kind, and on which devices."""
    user = person(request)
    form = WishesForm(request.POST or None, instance=services.wishes_of(user))
    if request.method == "POST":
        form = WishesForm(request.POST, instance=services.wishes_of(user))
        if form.is_valid():
            form.save()
            messages.success(request, gettext("Saved."))
            return redirect("notifications:page")
    context = {"form": form, "browsers": user.push_subscriptions.all(), "vapid": vapid.public_key()}
    return render(request, "notifications/page.html", context)


@personal
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take a browser's subscription, sent by the page."""
    form = SubscriptionForm(request.POST)
    if not form.is_valid() or not services.is_push_service(form.cleaned_data["endpoint"]):
        return HttpResponse(gettext("Your browser's push service is not one that we know."), status=400)
    name = browser_name(request.headers.get("User-Agent", ""))
    services.subscribe(user=person(request), name=name, **form.cleaned_data)
    request.session[SESSION_KEY] = form.cleaned_data["endpoint"]
    return HttpResponse(status=201)


@personal
@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Forget this browser's subscription; the page has ended it."""
    services.unsubscribe(user=person(request), endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


@personal
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of the person's browsers."""
    get_object_or_404(person(request).push_subscriptions, pk=pk)
    services.unsubscribe(user=person(request), pk=pk)
    return redirect("notifications:page")


@personal
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """“Not now”: do not ask again."""
    services.decline_offer(user=person(request))
    return back(request)


def browser_name(agent: str) -> str:
    """Return which browser on which system, for its person to know it by; empty where the header does not tell."""
    browsers = {"Firefox": "Firefox", "Edg": "Edge", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
    browser = next((name for sign, name in browsers.items() if f"{sign}/" in agent), "")
    return " on ".join(part for part in (browser, next((one for one in systems if one in agent), "")) if part)
