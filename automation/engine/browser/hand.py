"""The hand at the mouse: it presses what a person sees, where a person would, with the browser's own input events."""

from contextlib import suppress

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from automation.engine.browser.pace import Pace, Rhythm
from automation.engine.browser.scripts import beside

POINT = beside(__file__, "point.js")
EVENTS = (
    "for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) arguments[0].dispatchEvent("
    "new (type.startsWith('p') ? PointerEvent : MouseEvent)(type, {bubbles: true, cancelable: true, composed: true}));"
    "arguments[0].click()"
)
# A person sees a field come into view; where it is well in view, nothing moves.
COME_INTO_VIEW = """
const [node] = arguments;
const { top, bottom } = node.getBoundingClientRect();
if (top > innerHeight * 0.1 && bottom < innerHeight * 0.9) return null;
node.scrollIntoView({ block: 'center', behavior: 'smooth' });
return new Promise((resolve) => {
  let last = NaN;
  const look = () => {
    const now = node.getBoundingClientRect().top;
    if (now === last) resolve(null);
    last = now;
  };
  const timer = setInterval(look, 60);
  setTimeout(() => { clearInterval(timer); resolve(null); }, 1500);
});
"""
# Gives the focus to an element in a shadow root and says so; of another it says no.
FOCUS_IN_SHADOW = """
const [node] = arguments;
if (!node.getRootNode().host) return false;
if (node.getRootNode().activeElement !== node) node.focus();
return true;
"""
Spot = tuple[float, float]


class Hand:
    """Works on one page at the pace of `rhythm`."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        self.rhythm = Rhythm(Pace.FAST)
        self._at: Spot = (0.0, 0.0)

    def turn_to(self, element: WebElement) -> None:
        """Take the time to read, and scroll to it, before something is done with the element."""
        self.rhythm.before_field()
        if self.rhythm.pace is Pace.HUMAN:
            self._driver.execute_script(COME_INTO_VIEW, element)

    def press(self, element: WebElement) -> None:
        """Press the element, which leads nowhere; what something lies over is pressed by its events alone."""
        if spot := self._move_to(element):
            self._mouse("mousePressed", spot)
            self.rhythm.while_pressed()
            self._mouse("mouseReleased", spot)
        else:
            self._press_by_driver(element)

    def click(self, button: WebElement) -> None:
        """Press a button that may lead to another page, and wait for that. Raises TimeoutException if it is slow."""
        if self.rhythm.pace is Pace.HUMAN:
            self._move_to(button)
        self._press_by_driver(button)

    def type(self, element: WebElement, *keys: str) -> None:
        """Press keys in the element. From one in a shadow root the driver would first take the focus away."""
        if self._driver.execute_script(FOCUS_IN_SHADOW, element):
            self._type_where_the_focus_is("".join(keys))
        else:
            element.send_keys(*keys)

    def _type_where_the_focus_is(self, keys: str) -> None:
        chain = ActionChains(self._driver, duration=0)
        is_held = False
        for key in keys:
            if key in {Keys.CONTROL, Keys.NULL}:  # as in `send_keys` it is held until the other
                is_held = key == Keys.CONTROL
                (chain.key_down if is_held else chain.key_up)(Keys.CONTROL)
            else:
                chain.send_keys(key)
        if is_held:
            chain.key_up(Keys.CONTROL)
        chain.perform()

    def press_by_events(self, element: WebElement) -> None:
        """Tell the element that it was pressed, though the mouse cannot reach it."""
        with suppress(StaleElementReferenceException):  # it was drawn anew, so a press has done something
            self._driver.execute_script(EVENTS, element)

    def _press_by_driver(self, element: WebElement) -> None:
        try:
            element.click()
        except (ElementClickInterceptedException, ElementNotInteractableException):  # so this was no click on it
            self.press_by_events(element)

    def _move_to(self, element: WebElement) -> Spot | None:
        """Move the mouse to the element as the rhythm has it; return where it is, None if it cannot get there."""
        found = self._driver.execute_script(POINT, element)
        if not found:
            return None
        spot = (float(found[0]), float(found[1]))
        for step in self.rhythm.way(self._at, spot):
            self._mouse("mouseMoved", step)
            self.rhythm.between_moves()
        self._at = spot
        return spot

    def _mouse(self, kind: str, spot: Spot) -> None:
        button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        self._driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": spot[0], "y": spot[1], **button})
