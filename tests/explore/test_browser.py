"""The page in a real browser, against the real server: `make browser`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 90_000  # milliseconds: the first answer waits for every library to load
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 800}


@pytest.fixture(scope="module")
def address():
    process = subprocess.Popen(
        [sys.executable, "-m", "agf_theory", "explore", "--no-browser"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    yield re.search(r"http://127\.0\.0\.1:\d+/[\w-]+", process.stderr.readline())[0]
    process.terminate()
    process.wait()
    process.stderr.close()


@pytest.fixture(scope="module")
def chromium():
    api = pytest.importorskip("playwright.sync_api")
    binary = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, address):
    """Open a system's page; afterwards the console is clean, and nothing but this machine was asked."""
    contexts, complaints, asked = [], [], []

    def opening(system="diagonal", *, wait=True, **options):
        context = chromium.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/{system}")
        if wait:
            answered(page)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert complaints == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("blob:")} == {urlsplit(address).netloc}


def answered(page):
    page.wait_for_selector("#results > *", state="attached")
    page.wait_for_selector("form:not(.waiting)", state="attached")


def until(page, expression):
    """Wait for what the page's own policy does not let the driver wait for: it would evaluate text in the page."""
    for _ in range(_PATIENCE // 100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def changed(page, act):
    """Do something, and wait until the results are others."""
    page.evaluate("document.getElementById('results').dataset.old = 'yes'")
    act()
    page.wait_for_selector("#results:not([data-old])", state="attached")


def times(page):
    return page.locator("#results table").last.inner_text()


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("system", ["diagonal", "linear", "modular", "attention", "neuron", "finite-width"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_of_a_system_shows_its_table_and_figure(opened, system, viewport):
    page = opened(system, viewport=viewport)
    assert page.locator("#results .wrong").count() == 0
    assert page.locator("#results tbody tr").count() >= 3
    until(page, "document.querySelector('#results img').naturalWidth > 100")
    assert overflow(page) == 0
    if "AGF_PICTURES" in os.environ:  # a folder, for whoever wants to look
        picture = Path(os.environ["AGF_PICTURES"]) / f"{system}-{viewport['width']}.png"
        page.screenshot(path=picture, full_page=True)


def test_what_was_entered_comes_back_when_the_page_is_loaded_again_or_gone_back_to(opened, address):
    page = opened()
    page.locator("textarea").first.fill("x1,x2,y\n2,0,1\n0,1,3\n")
    changed(page, lambda: page.locator("#alpha").fill("1e-12"))
    for again in (page.reload, lambda: (page.goto(f"{address}/linear"), page.go_back())):
        again()
        answered(page)
        assert page.locator("#alpha").input_value() == "1e-12"
        assert page.locator("#decades").input_value() == "108"
        assert page.locator("textarea").first.input_value() == "x1,x2,y\n2,0,1\n0,1,3\n"
        assert "--alpha 1e-12" in page.locator("pre").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_paper(opened, scheme):
    page = opened(color_scheme=scheme)
    ink, paper = page.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] }"
    )
    light, dark = (sum(int(part) for part in re.findall(r"\d+", colour)[:3]) for colour in (ink, paper))
    assert abs(light - dark) > 500
    assert (dark < light) == (scheme == "dark")


def test_the_slider_of_the_scale_changes_table_and_figure(opened):
    page = opened()
    before, figure = times(page), page.locator("#results img").get_attribute("src")
    slider = page.locator("#decades")
    slider.focus()
    changed(page, lambda: page.keyboard.press("End"))
    assert page.locator("#alpha").input_value() == "1e-1000"
    assert "α = 1e-1000" in times(page)
    assert times(page) != before
    assert page.locator("#results img").get_attribute("src") != figure
    assert "--alpha 1e-1000" in page.locator("pre").inner_text()
    changed(page, lambda: page.keyboard.press("Home"))
    assert page.locator("#alpha").input_value() == "1e-1"


def test_every_place_of_the_slider_is_a_scale_and_stands_for_itself(opened):
    page = opened()
    texts = page.evaluate("Array.from({ length: 301 }, (_, i) => scaleAt(i))")
    from agf_theory.problems import InitScale

    scales = [InitScale(text) for text in texts]
    assert scales == sorted(scales, reverse=True)
    assert (texts[0], texts[100], texts[300]) == ("1e-1", "1e-10", "1e-1000")
    places = page.evaluate("Array.from({ length: 301 }, (_, i) => positionOf(scaleAt(i)))")
    assert max(abs(place - i) for i, place in enumerate(places)) <= 2


def test_only_the_last_of_many_moves_is_shown(opened):
    page = opened()
    page.locator("#decades").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(120)
    scale = page.locator("#alpha").input_value()
    until(page, "document.querySelector('#results caption')?.innerText.includes(`α = ${alpha.value},`)")
    page.wait_for_selector("form:not(.waiting)", state="attached")
    assert f"α = {scale}," in page.locator("#results caption").first.inner_text()
    assert f"--alpha {scale} " in page.locator("pre").inner_text().replace("\n", " ")


def test_a_changed_number_changes_the_table(opened):
    page = opened()
    before = times(page)
    data = page.locator("textarea").first
    changed(page, lambda: data.fill("x1,x2,y\n2,0,1\n0,1,3\n"))
    assert times(page) != before
    assert "+x2" in times(page)


def test_the_number_at_the_cursor_is_moved_by_a_slider(opened):
    page = opened("attention")
    before = times(page)
    field = page.locator("[id='eigenvalues.eigenvalues']")
    field.click()
    page.keyboard.press("Home")
    assert page.locator("#number").inner_text() == "1"
    page.locator("#moved").focus()
    changed(page, lambda: page.keyboard.press("PageUp"))
    assert field.input_value() != "1, 0.5, 0.2"
    assert times(page) != before


def test_a_column_is_moved_by_its_slider(opened):
    page = opened()
    before = times(page)
    page.locator("summary").click()
    page.locator("[id='own.data.column']").select_option("x1")
    slider = page.locator("input[type=range][aria-label=times]").first
    slider.focus()
    changed(page, lambda: page.keyboard.press("End"))
    assert times(page) != before
    page.locator("[id='own.data.column']").select_option("")


def test_bad_data_is_a_line_and_good_data_after_it_an_answer(opened):
    page = opened()
    data = page.locator("textarea").first
    good = data.input_value()
    changed(page, lambda: data.fill("x1,y\n1,2\none,3\n"))
    assert page.locator(".wrong").inner_text().startswith("agf: data.csv, line 3, column 'x1': expected a number")
    changed(page, lambda: data.fill(good))
    assert page.locator(".wrong").count() == 0


def test_a_chosen_file_is_read(opened, tmp_path):
    page = opened()
    (tmp_path / "men.csv").write_text("age,y\n1,2\n2,3\n")
    changed(page, lambda: page.locator("input[type=file]").first.set_input_files(tmp_path / "men.csv"))
    assert page.locator("textarea").first.input_value() == "age,y\n1,2\n2,3\n"
    assert "agf table diagonal --data men.csv" in page.locator("pre").inner_text()
    (tmp_path / "large.csv").write_text("age,y\n" + "1,2\n" * 300_000)
    changed(page, lambda: page.locator("input[type=file]").first.set_input_files(tmp_path / "large.csv"))
    assert "large.csv: at most 1 MiB of data are allowed" in page.locator(".wrong").inner_text()


def test_downloads_are_files(opened, tmp_path):
    page = opened()
    for ending, start in (("csv", b"block,"), ("tex", b""), ("json", b"{"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        with page.expect_download() as started:
            page.locator("#results a", has_text=re.compile(f"^{ending}$")).click()
        path = tmp_path / started.value.suggested_filename
        started.value.save_as(path)
        assert path.suffix == f".{ending}"
        assert len(path.read_bytes()) > 100
        assert start in path.read_bytes()[:200] or ending == "csv"


def test_a_problem_of_the_zoo_becomes_numbers_to_change(opened):
    page = opened()
    page.get_by_role("radio", name="a problem of the zoo").check()
    page.get_by_role("button", name="change its numbers").click()
    page.wait_for_selector("textarea:visible")
    answered(page)
    assert page.locator("input[value=own]").is_checked()
    assert page.locator("#results .wrong").count() == 0


def test_without_script_a_button_asks(opened):
    page = opened(java_script_enabled=False, wait=False)
    assert page.locator("#decades").is_hidden()
    page.locator("#alpha").fill("1e-100")
    page.get_by_role("button", name="show").click()
    assert "α = 1e-100" in times(page)
    assert page.locator("#alpha").input_value() == "1e-100"
    page.get_by_role("radio", name="a problem of the zoo").check()
    assert page.locator("textarea").first.is_hidden()


def test_the_keyboard_reaches_everything(opened):
    page = opened()
    page.locator("body").focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"to the results", "linear", "own.data", "own.target", "decades", "alpha", "csv", "pdf"} <= set(seen)
    assert seen[0] == "to the results"
