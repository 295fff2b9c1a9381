"""A person at the window: `python -m tests.agent.at_the_window FOLDER` shows it over the outbox there, presses what a
person presses, and prints as JSON what was to be seen. It leaves a picture of the whole screen beside the outbox.
"""

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QSystemTrayIcon

from automation.agent import window
from automation.agent.outbox import Outbox

SITE = "https://jobswipe.example"
LOOK_EVERY, PATIENCE = 200, 120_000  # ms


class Looker:
    """Waits until the icon is in the tray, then looks and presses, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outbox = Outbox(folder)
        self.stopped = threading.Event()
        self.seen: dict[str, object] = {}
        self.looks = 0

    def work(self) -> None:
        self.stopped.wait(300)

    def look(self) -> None:
        [shown] = [one for one in QApplication.topLevelWidgets() if isinstance(one, window.Window)]
        tray = shown.findChild(window.Tray)
        assert tray
        self.looks += 1
        is_docked = not tray.geometry().isEmpty() and shown.hides_on_close
        if self.seen or not (is_docked or self.looks * LOOK_EVERY > PATIENCE):
            return
        self.seen = {"docked": is_docked, "tip": tray.toolTip(), **texts_of(shown)}
        if screen := QGuiApplication.primaryScreen():
            screen.grabWindow(0).save(str(self.folder / "screen.png"))
        shown.pause.click()
        self.seen |= {"paused": self.outbox.fact("paused"), "while_paused": texts_of(shown)["texts"]}
        tray.pause.trigger()
        shown.close()
        self.seen |= {"going_on": self.outbox.fact("paused"), "closed": not shown.isVisible()}
        tray.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        self.seen |= {"opened": shown.isVisible(), "ended": self.stopped.is_set()}
        tray.contextMenu().actions()[-1].trigger()  # quit


def texts_of(shown: window.Window) -> dict[str, object]:
    """Return all that the window says."""
    shown.look()
    labels = [one.text() for one in shown.findChildren(QLabel)]
    return {"texts": labels, "bars": [one.value() for one in shown.findChildren(QProgressBar)]}


def main(folder: Path) -> None:
    QApplication(["JobSwipe"])
    looker = Looker(folder)
    clock = QTimer()
    clock.timeout.connect(looker.look)
    clock.start(LOOK_EVERY)
    window.show(looker.outbox, SITE, work=looker.work, stop=looker.stopped.set)
    print(json.dumps(looker.seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
