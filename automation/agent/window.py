"""An icon in the tray and a window, with what the terminal view shows. Needs the extra `jobswipe-agent[window]`.

Qt works in the thread that calls `show`; the program works in another, and everything shown is read from the outbox.
"""

import threading
import webbrowser
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)

from automation.agent.outbox import Kept, Outbox
from automation.agent.overview import DIM, GOOD, PLAIN, WARN, Ended, Overview, Words, overview, step_of

REFRESH = 500  # ms
ICON = 64  # pixels
FRONT, BACK, NEWS = QColor("#3b46c9"), QColor("#9aa4f2"), QColor("#e0a100")
COLOURS = {PLAIN: "palette(window-text)", DIM: "palette(placeholder-text)", GOOD: "#2e9e5b", WARN: "#b97a00"}


class Window(QWidget):
    """What the program does now; `look` reads it anew."""

    def __init__(self, outbox: Outbox, site: str) -> None:
        super().__init__()
        self._outbox = outbox
        self._site = site
        self.hides_on_close = False
        self._says: object = None
        self.setWindowTitle("JobSwipe")
        self.setMinimumWidth(440)
        self._parts = QVBoxLayout()
        self.pause = QPushButton()
        self.pause.clicked.connect(self.change_pause)
        site_button = QPushButton("Open JobSwipe")
        site_button.clicked.connect(self.open_site)
        buttons = QHBoxLayout()
        buttons.addWidget(self.pause)
        buttons.addWidget(site_button)
        buttons.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.addLayout(self._parts)
        whole.addStretch()
        whole.addLayout(buttons)

    def look(self) -> Overview:
        """Show how things stand now, and return it."""
        now = overview(self._outbox, self._site)
        self.pause.setText("Go on" if now.is_paused else "Pause")
        says = (now, now.line(is_running=True), now.ended)
        if says != self._says:
            self._says = says
            _empty(self._parts)
            for part in _parts_of(now):
                self._parts.addWidget(part)
        return now

    def change_pause(self) -> None:
        self._outbox.note(paused="" if self._outbox.fact("paused") else 1)
        self.look()

    def open_site(self) -> None:
        webbrowser.open(f"{self._site}/applications")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 Qt's name
        """Go on in the tray, where there is one."""
        if self.hides_on_close:
            event.ignore()
            self.hide()


def _empty(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.setParent(None)
            widget.deleteLater()


def _parts_of(now: Overview) -> list[QWidget]:
    parts: list[QWidget] = [_label(Words(now.whose), "font-size: 16px; font-weight: 600")]
    if line := now.line(is_running=True):
        parts.append(_label(Words(line, DIM)))
    parts.append(_label(now.doing(is_running=True), "padding: 10px 0 0 0"))
    for one in now.under_way:
        parts += _progress(one)
    parts += [_label(words) for words in now.for_you]
    if now.recent:
        parts.append(_label(Words("Lately", DIM), "padding: 10px 0 0 0"))
    return parts + [_ended(one) for one in now.ended]


def _label(words: Words, style: str = "") -> QLabel:
    label = QLabel(words.text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # titles come from web pages
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {COLOURS[words.tone]}; {style}")
    return label


def _progress(one: Kept) -> list[QWidget]:
    bar = QProgressBar()
    bar.setValue(one.percent)
    bar.setAccessibleName(f"{one.title}: {one.percent} %")
    title = f"{one.title}, {one.company}" if one.company else one.title
    return [_label(Words(title), "font-weight: 600"), bar, _label(step_of(one))]


def _ended(one: Ended) -> QWidget:
    row = QWidget()
    columns = QHBoxLayout(row)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.addWidget(_label(Words(one.title)), 3)
    columns.addWidget(_label(one.words), 2)
    columns.addWidget(_label(Words(one.ago, DIM)), 1)
    return row


# ---------------------------------------------------------------- the tray


class Tray(QSystemTrayIcon):
    """The icon: a dot on it says that something waits for the person."""

    def __init__(self, window: Window, quit_: Callable[[], None]) -> None:
        super().__init__(icon(needs_you=False), window)
        self._window = window
        self._needed = False
        menu = QMenu()
        self.pause = self._entry(menu, "Pause", window.change_pause)
        self._entry(menu, "Show the window", self._open)
        self._entry(menu, "Open JobSwipe", window.open_site)
        menu.addSeparator()
        self._entry(menu, "Quit", quit_)
        self._menu = menu  # kept: the icon does not own it
        self.setContextMenu(menu)
        self.activated.connect(self._pressed)

    @staticmethod
    def _entry(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
        entry = menu.addAction(text)
        entry.triggered.connect(act)
        return entry

    def tell(self, now: Overview) -> None:
        self.setToolTip(f"JobSwipe: {now.doing(is_running=True).text}")
        self.pause.setText("Go on" if now.is_paused else "Pause")
        if bool(now.needs_you) != self._needed:
            self._needed = bool(now.needs_you)
            self.setIcon(icon(needs_you=self._needed))

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._open()

    def _open(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def icon(*, needs_you: bool) -> QIcon:
    """Draw the logo: two cards, the front one with a tick."""
    picture = QPixmap(ICON, ICON)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ICON / 32, ICON / 32)
    _card(painter, BACK, QRectF(3, 7, 15, 20), turned=-9)
    _card(painter, FRONT, QRectF(10, 5, 16, 22), turned=7)
    tick = QPainterPath()
    tick.moveTo(14, 16.5)
    tick.lineTo(17.2, 19.9)
    tick.lineTo(23.2, 12.7)
    painter.setPen(QPen(Qt.GlobalColor.white, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(tick)
    if needs_you:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(NEWS)
        painter.drawEllipse(QRectF(20, 0, 12, 12))
    painter.end()
    return QIcon(picture)


def _card(painter: QPainter, colour: QColor, place: QRectF, *, turned: float) -> None:
    painter.save()
    painter.translate(place.center())
    painter.rotate(turned)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place.translated(-place.center()), 3.5, 3.5)
    painter.restore()


# ---------------------------------------------------------------- all of it


def show(outbox: Outbox, site: str, *, work: Callable[[], None], stop: Callable[[], None]) -> None:
    """Show the icon and the window while `work` runs in a thread of its own; return after it has ended.

    `stop` asks it to end. Without a tray the window is all there is, and closing it is the end as well.
    """
    application = QApplication.instance() or QApplication(["JobSwipe"])
    QApplication.setDesktopFileName("jobswipe-agent")
    QApplication.setQuitOnLastWindowClosed(False)
    worker = threading.Thread(target=work, name="work")
    window = Window(outbox, site)
    tray = Tray(window, stop)
    tray.show()

    def tick() -> None:
        window.hides_on_close = QSystemTrayIcon.isSystemTrayAvailable()
        tray.tell(window.look())
        if not worker.is_alive():
            application.quit()
        elif not window.isVisible() and not window.hides_on_close:
            stop()

    clock = QTimer()
    clock.timeout.connect(tick)
    worker.start()
    window.look()
    window.show()
    clock.start(REFRESH)
    try:
        application.exec()
    finally:
        stop()
        worker.join()
