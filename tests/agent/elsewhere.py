"""Load the desktop program and the engine as another system would: `python -m tests.agent.elsewhere win32`.

What they use of others is loaded first, since those packages have parts of their own for each system.
"""

import importlib
import os
import pkgutil
import signal
import sys

import automation.agent
import automation.engine

MISSING = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline", "curses")
OF_POSIX = ("fork", "getuid", "geteuid", "getgid", "setsid", "killpg", "getpgid", "nice", "uname", "chown", "fchmod")
SIGNALS = ("SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGALRM", "SIGQUIT")


def names() -> list[str]:
    packages = (automation.agent, automation.engine)
    found = [
        one.name for package in packages for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [name for name in found if not name.endswith("__main__")]


def become(platform: str) -> None:
    """Forget our own modules, and hide what that system does not have."""
    for name in [one for one in sys.modules if one.startswith("automation.")]:
        del sys.modules[name]
    sys.platform = platform
    if platform == "win32":
        sys.modules |= dict.fromkeys(MISSING)  # type: ignore[arg-type]  # None: not to be imported
        for name in OF_POSIX:
            delattr(os, name)
        for name in SIGNALS:
            delattr(signal, name)


if __name__ == "__main__":
    for name in names():
        importlib.import_module(name)
    become(sys.argv[1])
    for name in names():
        importlib.import_module(name)
        print(name)
