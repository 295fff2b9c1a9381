"""`jobswipe-agent`: the commands."""

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import FrameType

from rich.console import Console
from rich.live import Live

from automation.agent import __version__, config, doctor, logs, service
from automation.agent.agent import Agent
from automation.agent.config import Settings, SettingsError
from automation.agent.keychain import Keychain
from automation.agent.one_run import AlreadyRunning, is_running, only_run
from automation.agent.outbox import Outbox
from automation.agent.pairing import Code, NotPaired, pair
from automation.agent.site import SignedOut, Site, SiteError
from automation.agent.view import overview, render

console = Console()
BAD, SIGNED_OUT = 1, service.SIGNED_OUT


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0, 1 when it did not work, 2 for bad arguments, 3 when it is signed out."""
    options = _parser().parse_args(arguments)
    command: Callable[[Settings, argparse.Namespace], int] = options.command
    try:
        return command(config.load(config.folder()), options)
    except (SettingsError, SiteError, NotPaired, AlreadyRunning, service.ServiceError) as error:
        console.print(str(error), style="yellow", markup=False, highlight=False)
        return SIGNED_OUT if isinstance(error, SignedOut) else BAD
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jobswipe-agent", description="JobSwipe on your own computer: sends what you swiped right on."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[Settings, argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(command=run)
        return command

    login = add("login", _login, "Sign this computer in: shows a code, which you approve on the site.")
    login.add_argument("site", nargs="?", help="the site's address, such as https://jobswipe.example")
    login.add_argument("--name", default=platform.node() or "My computer", help="what the site calls this computer")
    login.add_argument("--no-browser", action="store_true", help="only print the link")
    add("logout", _logout, "Sign this computer out, and forget its token.")
    run = add("run", _run, "Work: carry out what waits, until Ctrl-C.")
    run.add_argument("--plain", action="store_true", help="print log lines instead of the view")
    status = add("status", _status, "Show what it is doing, and what waits for you.")
    status.add_argument("--json", action="store_true", help="print one JSON object")
    add("pause", _pause, "Take nothing new until `resume`; what is under way goes on.")
    add("resume", _resume, "Take new work again.")
    add("install", _install, "Start it now and with your desktop.")
    add("uninstall", _uninstall, "Stop it, and start it with your desktop no more.")
    add("doctor", _doctor, "Look at browser, driver, network, clock and token, and say what is wrong.")
    log = add("log", _log, "Show what it wrote down.")
    log.add_argument("-n", "--lines", type=int, default=50)
    log.add_argument("-f", "--follow", action="store_true", help="go on as lines are added")
    return parser


# ---------------------------------------------------------------- signing in


def _login(settings: Settings, options: argparse.Namespace) -> int:
    address = config.checked_site(options.site) if options.site else settings.site
    if not address:
        raise SettingsError("Say which site: jobswipe-agent login https://your.jobswipe.site")
    token = pair(Site(address), options.name, show=lambda code: _show(code, with_browser=not options.no_browser))
    place = Keychain(settings.folder, address).write(token)
    config.remember(settings.folder, site=address)
    Outbox(settings.folder).note(device=options.name, person="", trouble="", problem="")
    console.print(f"Signed in. The token is kept in {place}.", highlight=False)
    console.print("Start with: jobswipe-agent run", highlight=False)
    return 0


def _show(code: Code, *, with_browser: bool) -> None:
    console.print(f"Open {code.link}", highlight=False, soft_wrap=True)
    console.print(f"and approve this code: [bold]{code.user_code}[/bold]", highlight=False)
    if with_browser:
        webbrowser.open(code.link)
    console.print("Waiting for you to approve it…", style="dim")


def _logout(settings: Settings, options: argparse.Namespace) -> int:
    keychain = Keychain(settings.folder, settings.site)
    if token := keychain.read():
        try:
            Site(settings.site, token).sign_out()
        except SignedOut:
            pass  # the site knows
        except SiteError as error:
            console.print(f"{error} Revoke this computer under {settings.site}/devices as well.", markup=False)
    keychain.forget()
    console.print("Signed out.")
    return 0


# ---------------------------------------------------------------- work


def _run(settings: Settings, options: argparse.Namespace) -> int:
    token = Keychain(settings.folder, settings.site).read() if settings.site else ""
    if not token:
        raise SignedOut("This computer is not signed in. Begin with: jobswipe-agent login https://your.jobswipe.site")
    with_view = console.is_terminal and not options.plain
    with only_run(settings.folder):
        logs.start(settings.folder, on_screen=not with_view)
        outbox = Outbox(settings.folder)
        agent = Agent(settings, Site(settings.site, token), outbox, headed=_has_screen(settings))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: _asked_to_stop(agent, number, frame))
        with _view(outbox, settings.site) if with_view else nullcontext():
            agent.run()
        outbox.close()
    if agent.is_signed_out:
        raise SignedOut(
            f"This computer was signed out on the site. Sign in again: jobswipe-agent login {settings.site}"
        )
    return 0


def _asked_to_stop(agent: Agent, number: int, frame: FrameType | None) -> None:
    agent.stop()


def _has_screen(settings: Settings) -> bool:
    """Whether windows can be shown here, and may be."""
    if settings.window == "never":
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _view(outbox: Outbox, site: str) -> AbstractContextManager[object]:
    return Live(
        get_renderable=lambda: render(overview(outbox, site)), console=console, refresh_per_second=2, transient=True
    )


def _status(settings: Settings, options: argparse.Namespace) -> int:
    now = overview(Outbox(settings.folder), settings.site)
    running = is_running(settings.folder)
    if options.json:
        print(json.dumps({"running": running, "version": __version__, **now.as_json()}, ensure_ascii=False))
    else:
        console.print(render(now, is_running=running))
    return 0


def _pause(settings: Settings, options: argparse.Namespace) -> int:
    Outbox(settings.folder).note(paused=1)
    console.print("Paused: nothing new is taken. Go on with: jobswipe-agent resume", highlight=False)
    return 0


def _resume(settings: Settings, options: argparse.Namespace) -> int:
    Outbox(settings.folder).note(paused="")
    console.print("It takes new work again." if is_running(settings.folder) else "Start it with: jobswipe-agent run")
    return 0


def _log(settings: Settings, options: argparse.Namespace) -> int:
    for line in logs.tail(settings.folder, options.lines):
        print(line, end="")
    if options.follow:
        for line in logs.follow(settings.folder):
            print(line, end="", flush=True)
    return 0


# ---------------------------------------------------------------- the computer


def _install(settings: Settings, options: argparse.Namespace) -> int:
    program = shutil.which("jobswipe-agent") or str(sys.argv[0])
    told = {name: value for name, value in os.environ.items() if name.startswith(config.PREFIX)}
    place = service.Service([program, "run", "--plain"], told).install()
    console.print(f"It runs, and starts with your desktop. That is written in {place}.", markup=False, highlight=False)
    return 0


def _uninstall(settings: Settings, options: argparse.Namespace) -> int:
    console.print("It starts with your desktop no more." if service.uninstall() else "It was not installed.")
    return 0


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    ill = 0
    for found in doctor.examine(settings):
        mark, style = ("✗", "red") if found.remedy else ("✓", "green")
        console.print(f"[{style}]{mark}[/{style}] {found.what:<15}", end=" ")
        console.print(found.says, markup=False, highlight=False)
        if found.remedy:
            ill += 1
            console.print(f"  {found.remedy}", style="yellow", markup=False, highlight=False)
    return BAD if ill else 0


if __name__ == "__main__":
    sys.exit(main())
