"""`jobswipe-agent`: the commands."""

import argparse
import io
import json
import os
import platform
import shutil
import signal
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live

from automation.agent import __version__, config, logs, service
from automation.agent.config import Settings, SettingsError
from automation.agent.keychain import Keychain
from automation.agent.one_run import AlreadyRunning, is_running, only_run
from automation.agent.outbox import Outbox
from automation.agent.overview import overview
from automation.agent.pairing import Code, NotPaired, pair
from automation.agent.site import SignedOut, Site, SiteError
from automation.agent.view import render

if TYPE_CHECKING:
    from automation.agent.agent import Agent

console = Console()
WINDOW_REMEDY = "pipx inject jobswipe-agent PySide6-Essentials"
BAD, SIGNED_OUT = 1, service.SIGNED_OUT


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0, 1 when it did not work, 2 for bad arguments, 3 when it is signed out."""
    _speak()
    options = _parser().parse_args(arguments)
    command: Callable[[Settings, argparse.Namespace], int] = options.command
    try:
        return command(config.load(config.folder()), options)
    except (SettingsError, SiteError, NotPaired, AlreadyRunning, service.ServiceError) as error:
        console.print(str(error), style="yellow", markup=False, highlight=False)
        return SIGNED_OUT if isinstance(error, SignedOut) else BAD
    except KeyboardInterrupt:
        return 130


def _speak() -> None:
    """Let nothing that is said fail on its way to the screen: without a console, or with one of an old code page."""
    if sys.stdout is None:  # a program without a console on Windows
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 for good
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


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
    add("window", _window, "Work as `run` does, with an icon in the tray and a window.")
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
    with_view = console.is_terminal and not options.plain
    with ExitStack() as stack:
        agent, outbox = stack.enter_context(_work(settings, on_screen=not with_view))
        if with_view:
            stack.enter_context(_view(outbox, settings.site))
        agent.run()
    return 0


def _window(settings: Settings, options: argparse.Namespace) -> int:
    if not _has_desktop():
        console.print("There is no desktop here: it works without a window.")
        return _run(settings, argparse.Namespace(plain=True))
    try:
        from automation.agent import window
    except ImportError as error:
        raise SettingsError(f"The window needs one thing more: {WINDOW_REMEDY} ({error})") from error
    with _work(settings, on_screen=False) as (agent, outbox):
        window.show(outbox, settings.site, work=agent.run, stop=agent.stop)
    return 0


@contextmanager
def _work(settings: Settings, *, on_screen: bool) -> Iterator[tuple["Agent", Outbox]]:
    """Give the program, ready to run, alone in its folder. Raises SignedOut also when it ended that way."""
    from automation.agent.agent import Agent  # with the engine, which takes longer to load than `status` may take

    token = Keychain(settings.folder, settings.site).read() if settings.site else ""
    if not token:
        raise SignedOut("This computer is not signed in. Begin with: jobswipe-agent login https://your.jobswipe.site")
    with only_run(settings.folder):
        logs.start(settings.folder, on_screen=on_screen, as_json=settings.log_format == "json")
        outbox = Outbox(settings.folder)
        agent = Agent(settings, Site(settings.site, token), outbox, headed=_has_screen(settings))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: _asked_to_stop(agent, number, frame))
        yield agent, outbox
        outbox.close()
    if agent.is_signed_out:
        raise SignedOut(
            f"This computer was signed out on the site. Sign in again: jobswipe-agent login {settings.site}"
        )


def _asked_to_stop(agent: "Agent", number: int, frame: FrameType | None) -> None:
    agent.stop()


def _has_screen(settings: Settings) -> bool:
    """Whether windows can be shown here, and may be."""
    return settings.window != "never" and _has_desktop()


def _has_desktop() -> bool:
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
    with_window = find_spec("PySide6") is not None
    command = [_without_console(program), "window"] if with_window else [program, "run", "--plain"]
    if sys.platform == "win32":  # a task brings no environment along
        if f"{config.PREFIX}HOME" in told:
            raise SettingsError(f"{config.PREFIX}HOME cannot be told to a Windows task: install without it.")
        config.remember(settings.folder, **{name.removeprefix(config.PREFIX).lower(): told[name] for name in told})
    place = service.Service(command, told, with_window=with_window).install()
    console.print(f"It runs, and starts with your desktop. That is written in {place}.", markup=False, highlight=False)
    return 0


def _without_console(program: str) -> str:
    """Return the same program as it starts without a console window, which Windows alone tells apart."""
    return shutil.which("jobswipe-agentw") or program if sys.platform == "win32" else program


def _uninstall(settings: Settings, options: argparse.Namespace) -> int:
    console.print("It starts with your desktop no more." if service.uninstall() else "It was not installed.")
    return 0


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from automation.agent import doctor

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
