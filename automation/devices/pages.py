"""Pages of devices: get the program, pair a computer, see what each does, rename it, sign it out."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from applications import feed, selectors
from automation.devices import pairing
from automation.devices import services as paired
from automation.forms import DeviceNameForm
from automation.wheels import newest_wheel, wheel_named
from jobswipe.caching import same_for_all
from jobswipe.limits import address_of
from jobswipe.pages import person, personal
from jobswipe.problems import TooMany

# What each system needs before the program itself: Python 3.11 to 3.13, and pipx.
SYSTEMS = {
    "Windows": ["winget install Python.Python.3.13", "py -m pip install --user pipx", "py -m pipx ensurepath"],
    "macOS": ["brew install python@3.13 pipx", "pipx ensurepath"],
    "Linux": ["sudo apt install python3 pipx", "pipx ensurepath"],
}
SIGNS = (("Windows", "Windows"), ("macOS", "Mac OS X"), ("Linux", "Linux"))


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """How to get the desktop program, with the commands for the system that asks first."""
    found = newest_wheel()
    address = found and settings.SITE_URL + reverse("automation:wheel", args=[found.path.name])
    context = {
        "wheel": found,
        "address": address,
        "site": settings.SITE_URL,
        "systems": SYSTEMS,
        "system": _system_of(request.headers.get("User-Agent", "")),
    }
    return render(request, "automation/download.html", context)


def _system_of(user_agent: str) -> str:
    return next((name for name, sign in SIGNS if sign in user_agent), "Linux")


@require_GET
@same_for_all(3600)
def wheel(request: HttpRequest, name: str) -> HttpResponse:
    """The desktop program itself; everybody may have it."""
    found = wheel_named(name)
    if found is None:
        raise Http404("There is no such file. The page /download names the newest.")
    return HttpResponse(
        found.path.read_bytes(),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


@personal
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """The person's devices; with `?code=` also the one that waits to be let in."""
    last_seq = feed.last_seq(person(request).pk)
    code = request.GET.get("code", "").strip()
    waiting, refusal = None, ""
    if code:
        try:
            waiting = pairing.waiting_device(actor=person(request), user_code=code, address=address_of(request))
        except (pairing.UnknownCode, TooMany) as problem:
            refusal = problem.sentence
    context = {
        "code": code,
        "waiting": waiting,
        "refusal": refusal,
        "is_here": waiting is not None and waiting.address == address_of(request),
        "devices": paired.shown_devices(person(request)),
        **selectors.allowance_of(person(request)),
        "last_seq": last_seq,
    }
    return render(request, "automation/devices.html", context)


@personal
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Let the waiting device in, or turn it away."""
    approve = request.POST.get("decision") == "approve"
    code = pairing.decide(
        actor=person(request),
        user_code=request.POST.get("code", ""),
        address=address_of(request),
        approve=approve,
        name=request.POST.get("name", "").strip()[:100],
    )
    if approve:
        messages.success(request, gettext("%s is let in. It shows up below in a few seconds.") % code.name)
    else:
        messages.info(request, gettext("Turned away. Nothing was paired."))
    return redirect("automation:devices")


@personal
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    form = DeviceNameForm(request.POST)
    if form.is_valid():
        paired.rename(actor=person(request), device_id=pk, name=form.cleaned_data["name"])
        messages.success(request, gettext("Renamed."))
    else:
        messages.error(request, gettext("Give the device a name of at most 100 characters."))
    return redirect("automation:devices")


@personal
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    device = paired.revoke(actor=person(request), device_id=pk)
    messages.success(request, gettext("%s is signed out. What it held has been taken back.") % device.name)
    waiting = selectors.waiting_for_device(person(request)).count()
    if waiting and not paired.devices_of(person(request)).exists():
        told = ngettext(
            "%s application waits for a computer, and none is paired now. Below is how it goes on.",
            "%s applications wait for a computer, and none is paired now. Below is how they go on.",
            waiting,
        )
        messages.warning(request, told % waiting)
    return redirect("automation:devices")
