"""Pairing as RFC 8628 has it: the device shows a code, its person lets it in, the device fetches its token once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from applications.models import Application
from applications.states import ReviewKind, Status
from automation.devices import pairing
from automation.models import Attempt, Device, DeviceCode
from tests.devices.conftest import Agent

ABOUT = {"name": "Ada's laptop", "platform": "Linux", "version": "0.1.0"}
CODE, TOKEN = "/api/v1/devices/code/", "/api/v1/devices/token/"


@pytest.fixture
def device(db: None) -> APIClient:
    return APIClient()


@pytest.fixture
def codes(device: APIClient) -> dict[str, Any]:
    answer = device.post(CODE, ABOUT, format="json")
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.fixture
def page(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def poll(device: APIClient, code: str, **headers: Any) -> Any:
    return device.post(TOKEN, {"grant_type": pairing_grant(), "device_code": code}, format="json", **headers)


def pairing_grant() -> str:
    return "urn:ietf:params:oauth:grant-type:device_code"


def error(answer: Any) -> tuple[int, str]:
    assert answer.json()["code"] == answer.json()["error"]
    return answer.status_code, answer.json()["error"]


def decide(page: Client, code: str, decision: str = "approve", **more: str) -> Any:
    return page.post("/devices/decide", {"code": code, "decision": decision, **more}, follow=True)


def wait_out_the_interval() -> None:
    DeviceCode.objects.update(polled_at=timezone.now() - timedelta(minutes=1))


def test_a_person_lets_a_device_in(device: APIClient, codes: dict[str, Any], page: Client, alice: User) -> None:
    assert (codes["expires_in"], codes["interval"]) == (600, 5)
    assert codes["verification_uri"].endswith("/devices")
    assert codes["verification_uri_complete"] == f"{codes['verification_uri']}?code={codes['user_code']}"
    assert error(poll(device, codes["device_code"])) == (400, "authorization_pending")

    shown = page.get("/devices", {"code": codes["user_code"].lower().replace("-", " ")}).content.decode()
    assert "Ada&#x27;s laptop" in shown
    assert "127.0.0.1" in shown
    assert "is let in" in decide(page, codes["user_code"], name="Kitchen laptop").content.decode()
    answer = poll(device, codes["device_code"])
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    token = answer.json()
    assert (token["token_type"], token["scope"], token["device"]["name"]) == ("Bearer", "device", "Kitchen laptop")

    me = APIClient(HTTP_AUTHORIZATION=f"Bearer {token['access_token']}").get("/api/v1/devices/me/").json()
    assert (me["person"], me["platform"], me["version"], me["heartbeat"]) == (alice.email, "Linux", "0.1.0", 60)
    assert "Kitchen laptop" in page.get("/devices").content.decode()


def test_a_poll_that_comes_before_the_persons_decision_is_no_fault_in_the_log(
    device: APIClient, codes: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert error(poll(device, codes["device_code"])) == (400, "authorization_pending")
    assert caplog.records == []
    poll(device, "of nobody")
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_nothing_that_could_be_used_is_kept(codes: dict[str, Any]) -> None:
    kept = str(DeviceCode.objects.values_list().get())
    assert codes["device_code"] not in kept
    assert codes["user_code"] not in kept
    assert codes["user_code"].replace("-", "") not in kept


def test_a_device_that_polls_too_often_is_slowed_down(device: APIClient, codes: dict[str, Any]) -> None:
    poll(device, codes["device_code"])
    answer = poll(device, codes["device_code"])
    assert error(answer) == (400, "slow_down")
    assert answer.json()["interval"] == 10


def test_a_no_is_a_no(device: APIClient, codes: dict[str, Any], page: Client) -> None:
    decide(page, codes["user_code"], "deny")
    assert error(poll(device, codes["device_code"])) == (400, "access_denied")
    decide(page, codes["user_code"])
    wait_out_the_interval()
    assert error(poll(device, codes["device_code"])) == (400, "access_denied")
    assert not Device.objects.exists()


def test_codes_run_out(device: APIClient, codes: dict[str, Any], page: Client) -> None:
    DeviceCode.objects.update(expires_at=timezone.now())
    assert "No computer waits for this code" in page.get("/devices", {"code": codes["user_code"]}).content.decode()
    assert error(poll(device, codes["device_code"])) == (400, "expired_token")


def test_an_approved_code_runs_out_too(device: APIClient, codes: dict[str, Any], page: Client) -> None:
    decide(page, codes["user_code"])
    DeviceCode.objects.update(expires_at=timezone.now())
    assert error(poll(device, codes["device_code"])) == (400, "expired_token")


def test_a_stolen_code_that_is_used_again_takes_the_token_back(
    device: APIClient, codes: dict[str, Any], page: Client
) -> None:
    decide(page, codes["user_code"])
    secret = poll(device, codes["device_code"]).json()["access_token"]
    assert error(poll(APIClient(), codes["device_code"])) == (400, "invalid_grant")
    holder = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert holder.get("/api/v1/devices/me/").status_code == 401
    assert ApiToken.objects.filter(revoked_at=None).count() == 0


def test_a_code_is_approved_once(codes: dict[str, Any], page: Client, bob: User) -> None:
    decide(page, codes["user_code"])
    thief = Client()
    thief.force_login(bob)
    assert "No computer waits for this code" in decide(thief, codes["user_code"]).content.decode()
    assert DeviceCode.objects.get().approved_by == User.objects.get(email="alice@example.com")


def test_guessing_a_persons_code_is_slowed_down(codes: dict[str, Any], page: Client) -> None:
    for _ in range(pairing.MOST_WRONG):
        assert "No computer waits" in page.get("/devices", {"code": "BBBB-BBBB"}).content.decode()
    shown = page.get("/devices", {"code": codes["user_code"]}).content.decode()
    assert "Too many wrong codes" in shown
    decide(page, codes["user_code"])
    assert DeviceCode.objects.get().approved_by is None


def test_guessing_a_device_code_is_slowed_down_for_that_address_alone(device: APIClient, codes: dict[str, Any]) -> None:
    for _ in range(pairing.MOST_WRONG):
        assert error(poll(device, "x" * 43)) == (400, "invalid_grant")
    answer = poll(device, codes["device_code"])
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (429, "throttled", "600")
    claimed = poll(device, codes["device_code"], HTTP_X_FORWARDED_FOR="192.0.2.9")
    assert claimed.status_code == 429  # what a client says of its address does not count
    assert error(poll(device, codes["device_code"], REMOTE_ADDR="192.0.2.9"))[1] == "authorization_pending"


def test_asking_for_codes_all_the_time_is_slowed_down(device: APIClient, db: None) -> None:
    answers = [device.post(CODE, {}, format="json").status_code for _ in range(pairing.MOST_CODES + 1)]
    assert answers == [200] * pairing.MOST_CODES + [429]


@pytest.mark.parametrize(
    ("body", "code"),
    [({}, "invalid_request"), ({"grant_type": "password", "device_code": "x"}, "unsupported_grant_type"),
     ({"device_code": "x" * 5000}, "invalid_request"), ({"device_code": "a\x00b"}, "invalid_request")],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(device: APIClient, db: None, body: dict[str, str], code: str) -> None:
    assert error(device.post(TOKEN, body, format="json")) == (400, code)


def test_forms_are_taken_too_and_wrong_verbs_are_not(device: APIClient, db: None) -> None:
    answer = device.post(CODE, "name=Laptop", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert device.get(CODE).status_code == 405
    assert device.get(TOKEN).status_code == 405


# ---------------------------------------------------------------- the page


def test_a_device_is_renamed_and_revoked_by_its_person_alone(
    laptop: Agent, page: Client, bob: User, attempt: dict[str, Any]
) -> None:
    stranger = Client()
    stranger.force_login(bob)
    for path, body in (("rename", {"name": "Mine"}), ("revoke", {})):
        assert stranger.post(f"/devices/{laptop.device.pk}/{path}", body).status_code == 404
        assert Client().post(f"/devices/{laptop.device.pk}/{path}", body).status_code == 302
        assert page.get(f"/devices/{laptop.device.pk}/{path}").status_code == 405
    assert laptop.get("devices/me/").json()["name"] == "Laptop"
    assert "Laptop" not in stranger.get("/devices").content.decode()
    page.post(f"/devices/{laptop.device.pk}/rename", {"name": "Tower"})
    assert laptop.get("devices/me/").json()["name"] == "Tower"
    shown = page.get("/devices").content.decode()
    assert "applying" in shown
    assert f'href="/applications/{attempt["application"]}"' in shown


def test_what_a_revoked_device_holds_returns_to_the_queue(laptop: Agent, page: Client, attempt: dict[str, Any]) -> None:
    for _ in range(2):
        page.post(f"/devices/{laptop.device.pk}/revoke")
        application = Application.objects.get()
        assert (application.status, application.tries) == (Status.QUEUED, 0)
    for path in ("heartbeat", "begin-submit", "finish"):
        assert laptop.post(f"attempts/{attempt['id']}/{path}/", {"token": 1}).status_code == 401
    assert laptop.post("claims/").status_code == 401
    assert "Laptop" not in page.get("/devices").content.decode().split("Paired computers")[1]


def test_what_a_revoked_device_may_have_sent_goes_to_its_person(
    laptop: Agent, page: Client, attempt: dict[str, Any]
) -> None:
    laptop.post(f"attempts/{attempt['id']}/begin-submit/", {"token": attempt["token"]})
    page.post(f"/devices/{laptop.device.pk}/revoke")
    application = Application.objects.get()
    assert (application.status, application.review_kind) == (Status.REVIEW, ReviewKind.UNCONFIRMED)
    assert Attempt.objects.get().outcome == "revoked"


def test_a_device_signs_itself_out(laptop: Agent) -> None:
    assert laptop.client.delete("/api/v1/devices/me/").status_code == 204
    assert laptop.get("devices/me/").status_code == 401
