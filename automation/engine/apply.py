"""`python -m automation.engine.apply URL --candidate FILE --resume FILE`: one application, no database, no server."""

import argparse
import json
import logging
import os
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

from automation.engine.browser.orphans import reap_orphans
from automation.engine.browser.pace import Pace
from automation.engine.browser.session import BrowserError, start
from automation.engine.candidate import Candidate, CandidateError
from automation.engine.companies import SCRIPTS
from automation.engine.result import FailureKind, Outcome, Result
from automation.engine.run import Task, run


class CommandLineHost:
    """Tells each step on stderr, and grants the one submission."""

    def step(self, name: str, message: str, percent: int) -> None:
        print(f"{percent:3} %  {message}", file=sys.stderr, flush=True)

    def begin_submit(self) -> bool:
        return True

    def evidence(self, path: Path, kind: str) -> None:
        """Files stay where they are written."""


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code; a bad argument ends with 2 and a line on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    task = _task(parser, options)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    signal.signal(signal.SIGTERM, _end)
    result = _carry_out(task, options)
    print(
        json.dumps(result.to_json(), ensure_ascii=False) if options.json else _summary(result, task),
        flush=True,
    )
    return result.exit_code


def _carry_out(task: Task, options: argparse.Namespace) -> Result:
    reap_orphans()
    try:
        browser = start(headed=options.headed, proxy=options.proxy, driver=options.driver)
    except BrowserError as error:
        return Result(Outcome.FAILED, str(error), task.url, task.url, failure_kind=FailureKind.BROWSER_CRASH)
    try:
        return run(task, browser=browser, host=CommandLineHost())
    finally:
        browser.quit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m automation.engine.apply", description=__doc__)
    parser.add_argument("url", help="the posting's address")
    parser.add_argument("--candidate", type=Path, required=True, help="candidate.json")
    parser.add_argument("--resume", type=Path, required=True, help="the file to send")
    parser.add_argument("--company", choices=sorted(SCRIPTS), help="the script to use instead of the one that fits")
    parser.add_argument(
        "--without",
        metavar="NAMES",
        type=_script_names,
        default=os.environ.get("COMPANY_SCRIPTS_OFF", ""),
        help="scripts that are not to be used, with commas between; COMPANY_SCRIPTS_OFF says the same",
    )
    parser.add_argument("--cover-letter", type=Path, metavar="FILE", help="a text file")
    parser.add_argument("--headed", action="store_true", help="show the browser")
    parser.add_argument("--pace", choices=[str(pace) for pace in Pace], default=str(Pace.HUMAN))
    parser.add_argument("--proxy", metavar="URL", help="http, https or socks5, without a password")
    parser.add_argument("--driver", choices=["chrome", "undetected"], default="chrome")
    parser.add_argument("--dry-run", action="store_true", help="do all but the final click")
    parser.add_argument("--evidence", type=Path, metavar="DIR", help="where screenshots and records go")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    return parser


def _script_names(text: str) -> list[str]:
    """Return the names in `text`, commas between. A name that no script has would switch nothing off, unnoticed."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in SCRIPTS]:
        raise argparse.ArgumentTypeError(f"there is no script {unknown[0]!r}; there are {', '.join(sorted(SCRIPTS))}")
    return names


def _task(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Task:
    """Return what the arguments ask for; anything wrong with them ends the program with 2."""
    if urlsplit(options.url).scheme not in {"http", "https"} or not urlsplit(options.url).hostname:
        parser.error(f"{options.url} is not an http or https address")
    if options.proxy and (urlsplit(options.proxy).username or not urlsplit(options.proxy).hostname):
        parser.error("--proxy takes scheme://host:port, without a user or password")
    if not options.resume.is_file():
        parser.error(f"there is no resume at {options.resume}")
    folder = options.evidence or Path(tempfile.mkdtemp(prefix="jobswipe-evidence-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        parser.error(f"evidence cannot be kept in {folder}: {error.strerror}")
    return Task(
        url=options.url,
        candidate=_candidate(parser, options.candidate),
        resume=options.resume.resolve(),
        evidence_dir=folder,
        cover_letter=_letter(parser, options.cover_letter) if options.cover_letter else "",
        company=options.company,
        scripts_off=tuple(options.without),
        pace=Pace(options.pace),
        dry_run=options.dry_run,
    )


def _letter(parser: argparse.ArgumentParser, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        parser.error(f"the cover letter {path} cannot be read as text")


def _candidate(parser: argparse.ArgumentParser, path: Path) -> Candidate:
    try:
        return Candidate.from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        parser.error(f"{path} cannot be read: {error.strerror}")
    except ValueError as error:
        kind = "is not a candidate" if isinstance(error, CandidateError) else "is not JSON"
        parser.error(f"{path} {kind}: {error}")


def _summary(result: Result, task: Task) -> str:
    lines = [f"{result.outcome}: {result.message}"]
    lines += [f"  {one.label}: {one.value} ({one.source})" for one in result.fields if one.value]
    lines += [f"  ? {one.label} ({one.why})" for one in result.questions]
    return "\n".join([*lines, f"Evidence in {task.evidence_dir}" if result.evidence else ""]).rstrip()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Leave by SystemExit, so that the browser is ended on the way out."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
