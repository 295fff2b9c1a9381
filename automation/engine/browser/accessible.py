"""What the browser itself computes for assistive technology (DevTools protocol, domain Accessibility), by element.

A label that the page does not tie to its control is a guess from the words around it. The browser's own name of the
control, or of the group that it stands in, comes before such a guess.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

MOST_ASKED = 60  # elements that the driver is asked for, a few milliseconds each
GROUP_OF = (
    "return arguments[0].parentElement?.closest('fieldset, [role=group], [role=radiogroup], [role=listbox]') || null"
)
GROUPS = frozenset({"group", "radiogroup", "listbox"})


@dataclass(frozen=True)
class Accessible:
    """The name and the state of one control, and the name of the nearest group around it."""

    name: str
    group: str
    required: bool


def accessible(driver: WebDriver, elements: list[WebElement]) -> dict[str, Accessible]:
    """Return what the browser says of those elements, by their ids; of one that it leaves out, nothing.

    One call into the browser for all of them. The elements are of one document. A frame of another site lives in a
    process that this call does not reach: there the driver is asked, element by element.
    """
    if not elements:
        return {}
    frame, numbers = _frame_of(elements[0]), {_number_of(one): one.id for one in elements}
    try:
        tree: dict[str, Any] = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {"frameId": frame})
    except WebDriverException:
        return {one.id: found for one in elements[:MOST_ASKED] if (found := _by_driver(driver, one))}
    nodes = {node["nodeId"]: node for node in tree["nodes"]}
    return {
        numbers[node["backendDOMNodeId"]]: Accessible(_name(node), _group(node, nodes), _is_required(node))
        for node in nodes.values()
        if node.get("backendDOMNodeId") in numbers and not node.get("ignored")
    }


def _by_driver(driver: WebDriver, element: WebElement) -> Accessible | None:
    with suppress(WebDriverException):  # it was drawn anew
        group: WebElement | None = driver.execute_script(GROUP_OF, element)
        return Accessible(element.accessible_name.strip(), group.accessible_name.strip() if group else "", False)
    return None


def _frame_of(element: WebElement) -> str:
    """Return the frame's id: the driver makes an element's id as f.FRAME.d.DOCUMENT.e.NODE."""
    return element.id.split(".")[1]


def _number_of(element: WebElement) -> int:
    return int(element.id.rpartition(".")[2])


def _name(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("name", {}).get("value") or "").split())


def _is_required(node: dict[str, Any]) -> bool:
    return any(one["name"] == "required" and one["value"].get("value") for one in node.get("properties", ()))


def _group(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    return next((_name(one) for one in _above(node, nodes) if one.get("role", {}).get("value") in GROUPS), "")


def _above(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    while node := nodes.get(node.get("parentId", ""), {}):
        yield node
