"""`python -m jobswipe.embedded supervise postgres|valkey FOLDER` runs a server; its users start it by themselves.

`python -m jobswipe.embedded wait FOLDER` returns when the servers in FOLDER have stopped, or others go on using them.
"""

import logging
import sys
from pathlib import Path

from jobswipe.embedded.client import wait_until_stopped
from jobswipe.embedded.programs import PROGRAMS, CannotRun
from jobswipe.embedded.supervisor import Supervisor


def main(arguments: list[str]) -> None:
    match arguments:
        case ["supervise", name, folder]:
            logging.basicConfig(level=logging.INFO, format="%(asctime)s supervisor: %(message)s")
            Supervisor(PROGRAMS[name](Path(folder))).run()
        case ["wait", folder]:
            for name in PROGRAMS:
                if (Path(folder) / name).is_dir():
                    wait_until_stopped(Path(folder) / name)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotRun as error:
        sys.exit(f"supervisor: {error}.")
