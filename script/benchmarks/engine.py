"""How long the engine takes for each practice form, with a warm browser and at pace "fast"."""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from automation.engine.browser import session
from automation.engine.browser.pace import Pace
from automation.engine.candidate import Candidate
from automation.engine.run import Task, run
from script.benchmarks.harness import ROOT, answers, print_machine, wait_for

PORT = 8973
FORMS = ("meridian/jobs/bench/apply", "harborlight/jobs/4100101")
TIMES = 7
CANDIDATE = {
    "first_name": "Ada", "last_name": "Moreno", "email": "ada@example.com", "phone": "+15125550142",
    "address": {"city": "Austin", "region": "TX", "postal_code": "78701", "country": "US"},
    "links": {"linkedin": "https://www.linkedin.com/in/ada"}, "experience_years": 8,
    "skills": [{"name": "Python", "years": 8}, {"name": "PostgreSQL", "years": 6}],
    "work_authorization": [{"country": "US", "authorized": True, "needs_sponsorship": False}],
    "work_mode": "remote", "earliest_start": "2026-12-14", "heard_from": "Company website",
    "consents": {"privacy": True, "truthful": True},
    "answers": [{"question": "Why do you want to work at Meridian?", "answer": "I grew up on a farm."}],
}  # fmt: skip


class QuietHost:
    """Grants the click and hears nothing."""

    def step(self, name: str, message: str, percent: int) -> None: ...

    def begin_submit(self) -> bool:
        return True

    def evidence(self, path: Path, kind: str) -> None: ...


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="jobswipe-bench-"))
    resume = folder / "ada.pdf"
    resume.write_bytes((ROOT / "automation" / "demo-resume.pdf").read_bytes())
    employers = subprocess.Popen([sys.executable, "-m", "automation.sandbox", "--port", str(PORT)], cwd=ROOT)
    browser = session.start()
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{PORT}/"))
        print_machine()
        for form in FORMS:
            task = Task(
                f"http://127.0.0.1:{PORT}/{form}", Candidate.from_json(CANDIDATE), resume, folder, pace=Pace.FAST
            )
            results = [run(task, browser=browser, host=QuietHost()) for _ in range(TIMES)]
            seconds = [result.seconds for result in results]
            submitted = sum(result.outcome == "submitted" for result in results)
            print(
                f"{form}: {len(results[0].fields)} fields, {submitted} of {TIMES} submitted,"
                f" min {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s, max {max(seconds):.2f} s"
            )
    finally:
        browser.quit()
        employers.terminate()
        employers.wait(10)


if __name__ == "__main__":
    main()
