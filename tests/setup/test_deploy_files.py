"""What `deploy/` says is so: it can be read, and the settings, pages, programs and figures that it names exist."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
# Not the product's settings: of uvicorn, systemd, the images, and what `grant_role` is given.
OTHERS = {"FORWARDED_ALLOW_IPS", "HOME", "PATH", "PORT", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "APP_PASSWORD"}
AUTOSCALERS = {"HorizontalPodAutoscaler", "ScaledObject"}
WEB_ENDS = 10  # seconds that script/web gives to what still runs, after STOP_AFTER


def kubernetes() -> dict[tuple[str, str], Any]:
    """What the manifests make, by kind and name."""
    parts = yaml.safe_load((DEPLOY / "kubernetes/jobswipe.yaml").read_text())["items"]
    parts.append(yaml.safe_load((DEPLOY / "kubernetes/scale-workers.yaml").read_text()))
    return {(one["kind"], one["metadata"]["name"]): one for one in parts}


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yml").read_text()))


def named_settings() -> Iterator[tuple[str, str]]:
    for service in ("web-a", "worker", "beat", "migrate"):
        yield from ((f"compose {service}", name) for name in compose()["services"][service]["environment"])
    yield from (("ConfigMap", name) for name in kubernetes()["ConfigMap", "jobswipe"]["data"])
    for unit in DEPLOY.glob("systemd/*.service"):
        for line in re.findall(r"^Environment=(.*)$", unit.read_text(), re.MULTILINE):
            yield from ((unit.name, name) for name in re.findall(r"(\w+)=", line))
    for lines in re.findall(r"^ENV ((?:.*\\\n)*.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE):
        yield from (("Dockerfile", name) for name in re.findall(r"(\w+)=", lines))


def test_each_setting_that_is_named_is_one() -> None:
    known = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', (ROOT / "jobswipe/settings.py").read_text())) | OTHERS
    named = set(named_settings())
    assert len(named) > 30
    assert {one for one in named if one[1] not in known} == set()


@pytest.mark.django_db
def test_each_page_that_is_asked_for_signs_of_life_answers() -> None:
    [web] = kubernetes()["Deployment", "web"]["spec"]["template"]["spec"]["containers"]
    asked = {
        web["readinessProbe"]["httpGet"]["path"],
        web["startupProbe"]["httpGet"]["path"],
        re.findall(r"http://127.0.0.1:8000(/\w+)", " ".join(compose()["services"]["web-a"]["healthcheck"]["test"]))[0],
        re.findall(r"health_uri (\S+)", (DEPLOY / "Caddyfile").read_text())[0],
    }
    assert {path: Client().get(path).status_code for path in asked} == {"/healthz": 200}


def test_each_program_that_a_unit_starts_is_in_the_repository() -> None:
    programs = {
        (unit.name, words[-1])
        for unit in DEPLOY.glob("systemd/*.service")
        for words in re.findall(r"^ExecStart=/srv/jobswipe/(\S+)(?: (manage\.py))?", unit.read_text(), re.MULTILINE)
        for words in [[word for word in words if word]]
    }
    assert {name for name, _ in programs} == {one.name for one in DEPLOY.glob("systemd/*.service")}
    assert [one for one in programs if not (ROOT / one[1]).exists()] == []


def test_a_web_process_is_given_the_time_to_stop() -> None:
    longest = settings.FEED_POLL + 1 + WEB_ENDS  # STOP_AFTER in production
    unit = (DEPLOY / "systemd/jobswipe-web@.service").read_text()
    given = {
        "systemd": int(re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[0]),
        "compose": int(compose()["services"]["web-a"]["stop_grace_period"].rstrip("s")),
        "kubernetes": kubernetes()["Deployment", "web"]["spec"]["template"]["spec"]["terminationGracePeriodSeconds"],
    }
    assert f"--timeout-graceful-shutdown {WEB_ENDS}" in (ROOT / "script/web").read_text()
    assert {where: seconds for where, seconds in given.items() if seconds <= longest} == {}


@pytest.mark.parametrize("part", ["web-a", "worker"])
def test_who_writes_to_people_is_told_the_mail_server(part: str) -> None:
    told = {"EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "FROM_EMAIL"}
    assert told <= set(compose()["services"][part]["environment"])
    assert told <= set(kubernetes()["ConfigMap", "jobswipe"]["data"])


@pytest.mark.parametrize("part", ["web-a", "worker"])
def test_who_writes_to_people_reaches_the_mail_server(part: str) -> None:
    networks = compose()["networks"]
    assert any(not (networks[name] or {}).get("internal") for name in compose()["services"][part]["networks"])


@pytest.mark.parametrize("file", [".dockerignore", ".gitignore"])
def test_secrets_and_copies_of_people_are_in_no_image_and_no_commit(file: str) -> None:
    """`COPY . .` takes what is not named; docs/operate has the secrets written to .env, and copies to backups/."""
    named = {line.strip("/") for line in (ROOT / file).read_text().splitlines()}
    assert {".env", "var", "backups"} <= named


def test_a_backup_reaches_the_database_and_the_files_where_nothing_outside_does() -> None:
    services = compose()["services"]
    backup, postgres = services["backup"], services["postgres"]
    assert "ports" not in postgres
    assert set(backup["networks"]) & set(postgres["networks"])
    assert backup["image"] == postgres["image"], "pg_dump must not be older than the server"
    assert backup["environment"]["DATABASE_URL"] == services["migrate"]["environment"]["DATABASE_URL"]
    kept = {line.split(":")[1]: line.split(":")[0] for line in services["web-a"]["volumes"]}
    assert kept["/data"] == "data"
    assert "data:/data" in backup["volumes"]
    assert backup["environment"]["MEDIA_ROOT"].startswith("/data/")
    for script in ("backup", "restore"):
        assert (ROOT / "script" / script).exists()
        assert f"/script/{script}" in (ROOT / "docs/operate/README.md").read_text() + str(backup["command"])
    assert "../script:/script:ro" in backup["volumes"]


def test_workers_are_scaled_by_a_figure_that_is_told() -> None:
    [trigger] = kubernetes()["ScaledObject", "worker"]["spec"]["triggers"]
    [figure] = re.findall(r"jobswipe_(\w+)", trigger["metadata"]["query"])
    assert f'"{figure}",' in (ROOT / "automation/operations/figures.py").read_text()


def test_what_is_scaled_names_no_number_of_its_own() -> None:
    made = kubernetes()
    scaled = [one["spec"]["scaleTargetRef"]["name"] for (kind, _), one in made.items() if kind in AUTOSCALERS]
    assert sorted(scaled) == ["web", "worker"]
    assert [name for name in scaled if "replicas" in made["Deployment", name]["spec"]] == []


def test_each_part_of_kubernetes_is_asked_whether_it_is_stuck() -> None:
    for name in ("web", "worker"):
        [one] = kubernetes()["Deployment", name]["spec"]["template"]["spec"]["containers"]
        probe = one["livenessProbe"]
        port = (probe.get("httpGet") or probe["tcpSocket"])["port"]
        assert port in {given["name"] for given in one["ports"]}
        assert probe["periodSeconds"] * probe["failureThreshold"] >= 30
    assert kubernetes()["ConfigMap", "jobswipe"]["data"]["WORKER_METRICS"].endswith(":9101")


def test_a_build_needs_no_environment_and_is_served(tmp_path: Path) -> None:
    """As docs/operate has it done by hand, and the Dockerfile: the units read what it leaves."""
    assert "RUN script/build" in (ROOT / "Dockerfile").read_text()
    unit = (DEPLOY / "systemd/jobswipe-web@.service").read_text()
    assert "WHEELS_DIR=/srv/jobswipe/wheels " in unit
    given = {"PATH": os.environ["PATH"], "WHEELS_DIR": str(tmp_path)}
    subprocess.run([ROOT / "script/build"], env=given, check=True, capture_output=True)
    assert [one.suffix for one in tmp_path.iterdir()] == [".whl"]
    assert (ROOT / "staticfiles/staticfiles.json").exists()


def test_what_is_kept_from_being_taken_away_and_let_in_exists() -> None:
    made = kubernetes()
    templates = [one["spec"]["template"] for (kind, _), one in made.items() if kind == "Deployment"]
    parts = {template["metadata"]["labels"]["part"] for template in templates}
    for kind in ("PodDisruptionBudget", "NetworkPolicy", "Service"):
        for (found, name), one in made.items():
            if found == kind:
                selector = one["spec"].get("selector") or one["spec"].get("podSelector")
                labels = selector.get("matchLabels", selector)
                assert labels["part"] in parts, f"{kind} {name}"
    assert made["Deployment", made["ScaledObject", "worker"]["spec"]["scaleTargetRef"]["name"]]
