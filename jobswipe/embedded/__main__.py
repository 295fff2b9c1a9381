"""`python -m jobswipe.embedded postgres|valkey FOLDER` is a server's supervisor; users start it by themselves."""

import logging
import sys
from pathlib import Path

from jobswipe.embedded.programs import PROGRAMS, CannotRun
from jobswipe.embedded.supervisor import Supervisor

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s supervisor: %(message)s")
    name, folder = sys.argv[1:]
    try:
        Supervisor(PROGRAMS[name](Path(folder))).run()
    except CannotRun as error:
        sys.exit(f"supervisor: {error}.")
