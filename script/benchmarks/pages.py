"""How the deck feels on a phone: an emulated screen, a processor slowed down four times, a hundred swipes by key.

Largest contentful paint and layout shift are what the browser reports (W3C Largest Contentful Paint, Layout
Instability); a swipe's time is that of its Event Timing entry, from the key press to the next frame.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from script.benchmarks.figures import percentile, print_machine, show, show_latencies
from script.benchmarks.harness import Product, product, use_bench_database, wait_for

SWIPES = 100
LOADS = 5
SLOWDOWN = 4
GOAL_LCP = 1500.0  # ms
GOAL_SWIPE = 0.1  # seconds
GOAL_BYTES = 120_000
GOAL_SHIFT = 0.0
PASSWORD = "only for figures"

WATCH = """
window.seen = { lcp: 0, shift: 0, presses: [] };
const watch = (type, use, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(use))
  .observe({ type, buffered: true, ...more });
watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime; });
watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch('event', (entry) => { if (entry.name === 'keydown') seen.presses.push(entry.duration); },
  { durationThreshold: 16 });
"""


def prepare() -> str:
    """Make a person, and more jobs than they swipe; return the cookie of their session."""
    from django.test import Client

    from accounts.models import Candidate, User
    from jobs.models import Company, Job

    user = User.objects.create_user("ada@example.com", PASSWORD)
    Candidate.objects.create(user=user, first_name="Ada", last_name="Moreno", phone="+15125550142")
    company = Company.objects.create(name="Meridian Labs", slug="meridian")
    text = "<p>We build stations that measure the weather where food grows.</p><h2>What you will do</h2>" + (
        "<ul><li>Write code that people can read</li><li>Measure before and after</li></ul>" * 10
    )
    Job.objects.bulk_create(
        Job(company=company, title=f"Engineer {n}", description=text, apply_url=f"http://127.0.0.1:9/{n}")
        for n in range(SWIPES + 50)
    )
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@contextmanager
def phone() -> Iterator[webdriver.Chrome]:
    """Start a browser that looks and computes like a phone of the middle range."""
    from automation.engine.browser.installed import browser_path, driver_path

    options = webdriver.ChromeOptions()
    if path := browser_path():
        options.binary_location = path
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_path()))
    try:
        metrics = {"width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": True}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        yield driver
    finally:
        driver.quit()


def weight(running: Product, cookie: str, driver: webdriver.Chrome) -> int:
    """Return the bytes of the deck's HTML, CSS and JS, compressed as a proxy in front would (gzip, level 6)."""
    addresses = driver.execute_script(
        "return performance.getEntriesByType('resource').map((one) => one.name)"
        ".filter((name) => /[.](js|css)(\\?|$)/.test(name))"
    )
    total = 0
    for address in {f"{running.site}/jobs", *addresses}:
        body = requests.get(address, cookies={"sessionid": cookie}, timeout=30).content
        total += len(gzip.compress(body, 6))
    return total


def main() -> None:
    use_bench_database()
    with product("web") as running:
        cookie = prepare()
        with phone() as driver:
            driver.get(f"{running.site}/healthz")
            driver.add_cookie({"name": "sessionid", "value": cookie})
            paints, shifts = [], []
            for _ in range(LOADS):
                driver.get(f"{running.site}/jobs")
                wait_for(lambda: driver.execute_script("return seen.lcp"))
                paints.append(float(driver.execute_script("return seen.lcp")))
                shifts.append(float(driver.execute_script("return seen.shift")))
            size = weight(running, cookie, driver)
            body = driver.find_element("tag name", "body")
            for number in range(SWIPES):
                wait_for(
                    lambda: driver.execute_script("return document.querySelectorAll('.card:not(.card--going)').length")
                )
                body.send_keys((Keys.ARROW_LEFT, Keys.ARROW_RIGHT)[number % 2])
            presses = driver.execute_script("return seen.presses")
    print_machine()
    show(f"deck, largest contentful paint, median of {LOADS}", percentile(paints, 0.5), "ms", at_most=GOAL_LCP)
    show(f"deck, layout shift, worst of {LOADS}", max(shifts), at_most=GOAL_SHIFT)
    show("deck, HTML, CSS and JS with gzip", size / 1000, "kB", at_most=GOAL_BYTES / 1000)
    # Presses that took less than 16 ms, one frame, make no entry.
    quick = [0.016] * (SWIPES - len(presses))
    show_latencies("swipe, key press to next frame", [*(one / 1000 for one in presses), *quick], goal_p95=GOAL_SWIPE)


if __name__ == "__main__":
    main()
