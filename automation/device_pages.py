"""Pages of devices: pair one, see what each does, rename it, sign it out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from automation import devices as paired
from automation import pairing
from automation.device_views import address_of
from automation.forms import DeviceNameForm
from jobswipe.pages import person, personal


@personal
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """The person's devices; with `?code=` also the one that waits to be let in."""
    code = request.GET.get("code", "").strip()
    waiting, refusal = None, ""
    if code:
        try:
            waiting = pairing.waiting_device(actor=person(request), user_code=code, address=address_of(request))
        except (pairing.UnknownCode, pairing.TooMany) as problem:
            refusal = problem.sentence
    context = {
        "code": code,
        "waiting": waiting,
        "refusal": refusal,
        "is_here": waiting is not None and waiting.address == address_of(request),
        "devices": paired.shown_devices(person(request)),
        "in_queue": paired.waiting(person(request).pk),
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
        messages.success(request, f"{code.name} is paired. It goes on by itself in a few seconds.")
    else:
        messages.info(request, "Turned away. Nothing was paired.")
    return redirect("automation:devices")


@personal
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    form = DeviceNameForm(request.POST)
    if form.is_valid():
        paired.rename(actor=person(request), device_id=pk, name=form.cleaned_data["name"])
        messages.success(request, "Renamed.")
    else:
        messages.error(request, "Give the device a name of at most 100 characters.")
    return redirect("automation:devices")


@personal
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    device = paired.revoke(actor=person(request), device_id=pk)
    messages.success(request, f"{device.name} is signed out. What it held has been taken back.")
    return redirect("automation:devices")
