"""A careful script for one form, as one writes it who knows every selector: what the engine's speed is held against.

It does what the engine owes: each value is read back, both pictures are kept, the confirmation is awaited.
"""

import base64
import time
from pathlib import Path

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from automation.engine.browser.session import Browser

TEXTS = {
    "first": "Ada", "last": "Moreno", "email": "ada@example.com", "phone": "+15125550142",
    "linkedin": "https://www.linkedin.com/in/adamoreno", "why": "Maps.",
}  # fmt: skip
LISTS = {
    "country": "United States", "degree": "Bachelor of Science or equivalent", "source": "Company website",
    "authorized": "Yes", "sponsor": "No",
}  # fmt: skip


def apply(browser: Browser, url: str, resume: Path, folder: Path) -> float:
    """Fill the form in and send it; return the seconds that it took. Raises when a value was not taken."""
    started = time.monotonic()
    with browser.context() as page:
        driver = page.driver
        driver.get(url)
        wait = WebDriverWait(driver, 10, poll_frequency=0.03)
        wait.until(lambda _: driver.find_elements(By.ID, "first"))
        driver.find_element(By.ID, "resume").send_keys(str(resume))
        for name, text in TEXTS.items():
            _type(driver, name, text)
        for name, label in LISTS.items():
            _pick(driver, wait, name, label)
        _keep(driver, folder / "by-hand-before.png")
        driver.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
        wait.until(lambda _: "Thank you for applying" in driver.find_element(By.TAG_NAME, "body").text)
        _keep(driver, folder / "by-hand-after.png")
    return time.monotonic() - started


def _type(driver: WebDriver, name: str, text: str) -> None:
    box = driver.find_element(By.ID, name)
    box.send_keys(text)
    if box.get_attribute("value") != text:
        raise ValueError(f"{name} did not take its value")


def _pick(driver: WebDriver, wait: "WebDriverWait[WebDriver]", name: str, label: str) -> None:
    box = driver.find_element(By.ID, name)
    control = box.find_element(By.XPATH, "ancestor::div[contains(@class, 'select__control')]")
    control.click()
    option = f"//div[@role='option'][normalize-space()='{label}']"
    wait.until(lambda _: driver.find_elements(By.XPATH, option))[0].click()
    if control.find_element(By.CSS_SELECTOR, ".select__single-value").text != label:
        raise ValueError(f"{name} did not take its value")


def _keep(driver: WebDriver, path: Path) -> None:
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
    path.write_bytes(base64.b64decode(shot["data"]))
