"""Hold REST against its own document: a real site, every operation, as a person and as a device (Schemathesis).

No answer may be an error of ours, have a status that is not documented, or a body that is not what the document says.
`script/contract` runs it; arguments go to Schemathesis.
"""

import os
import subprocess
import sys
import uuid

from script.benchmarks.harness import ROOT, Product, product, use_bench_database

TOOL = [".venv/bin/uv", "tool", "run", "--from", "schemathesis==4.32.5", "st", "--config-file", "script/contract.toml"]
CHECKS = ["not_a_server_error", *(f"{part}_conformance" for part in (
    "status_code", "content_type", "response_schema", "response_headers"
))]  # fmt: skip


def prepare(running: Product) -> dict[str, str]:
    """Make a person who has some of everything; return a token for each scope."""
    from accounts.models import ApiToken, Candidate, User
    from accounts.services import issue_token
    from applications import services
    from applications.models import Swipe
    from automation.models import Device
    from jobs.models import Company, Job

    user = User.objects.create_user("ada@example.com")
    Candidate.objects.create(user=user, first_name="Ada", last_name="Moreno", undo_window=0)
    company = Company.objects.create(name="Acme", slug="acme")
    for number in range(3):
        job = Job.objects.create(
            company=company, title=f"Job {number}", description="<p>Work.</p>", apply_url=f"http://127.0.0.1:9/{number}"
        )
        services.swipe(actor=user, job_id=job.pk, direction=Swipe.Direction.RIGHT, key=uuid.uuid4())
    secrets = {scope: issue_token(user=user, name=scope, scope=scope) for scope in ApiToken.Scope}
    Device.objects.create(user=user, name="Laptop", token=secrets[ApiToken.Scope.DEVICE][0])
    return {str(scope): secret for scope, (_, secret) in secrets.items()}


def main() -> None:
    use_bench_database()
    os.environ["REST_PER_ADDRESS"] = "0"
    with product("web") as running:
        statuses = []
        for scope, secret in prepare(running).items():
            print(f"as a {scope}", flush=True)
            arguments = [
                "--url",
                running.site,
                "--header",
                f"Authorization: Bearer {secret}",
                "--checks",
                ",".join(CHECKS),
            ]
            command = [*TOOL, "run", "docs/openapi.yaml", *arguments, *sys.argv[1:]]
            statuses.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    sys.exit(max(statuses))


if __name__ == "__main__":
    main()
