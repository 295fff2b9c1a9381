"""Forms that are cut up over frames, of the same site and of another, and editors whose text is a frame of its own."""

from collections.abc import Iterator

import pytest

from automation.engine.result import Outcome
from tests.engine.conftest import PDF, Apply
from tests.engine.site import Site

COLLECTS = """<script>
let file = '';
onmessage = ({ data }) => { file = data; };
f.onsubmit = async (event) => {
  event.preventDefault();
  const sent = new FormData(f);
  for (const { contentDocument: inner } of document.querySelectorAll('iframe')) {
    inner?.querySelectorAll('input').forEach((one) => sent.append(one.name, one.value));
    if (inner?.body.isContentEditable) sent.append('why', inner.body.innerText.trim());
  }
  sent.append('file', file);
  await fetch('/apply', { method: 'POST', body: sent });
  document.body.innerHTML = '<h1>Thank you for applying</h1>';
};
</script>"""


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """Another site: its frames live in a process of their own."""
    site = Site()
    yield site
    site.close()


def of_another_site(url: str) -> str:
    return url.replace("127.0.0.1", "localhost")


def test_the_parts_of_a_form_are_filled_in_each_in_its_frame(pages: Site, elsewhere: Site, apply: Apply) -> None:
    pages.page("<p>First name<br><input name=first></p><p>E-mail * <input name=email></p>", path="/who")
    pages.page("<!doctype html><body contenteditable=true aria-label='Rich text area'><p><br></p></body>", path="/text")
    pages.page("<label>Ask us <input name=ask></label><button>Send</button>", path="/about")
    upload = elsewhere.page(
        "<label>Resume * <input type=file id=cv></label><script>cv.onchange = () => {"
        " document.body.append(cv.files[0].name); parent.postMessage(cv.files[0].name, '*') }</script>"
    )
    url = pages.page(
        "<h1>Engineer</h1><iframe src=/about width=400 height=200></iframe><form id=f>"
        "<label>City * <input name=city></label><iframe src=/who width=600 height=160></iframe>"
        f"<iframe src={of_another_site(upload)} width=600 height=160></iframe>"
        "<div><label for=w>Why do you want to work at Meridian? *</label><textarea id=w hidden></textarea>"
        "<iframe src=/text width=600 height=120 title='Rich Text Area'></iframe></div>"
        f"<label>LinkedIn <input name=li></label><button>Submit application</button></form>{COLLECTS}"
    )

    result = apply(url)

    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    assert pages.sent == [
        {
            "city": "Austin", "li": "https://www.linkedin.com/in/adamoreno", "first": "Ada", "email": "ada@example.com",
            "ask": "", "why": "Maps.", "file": "resume.pdf",
        }
    ]  # fmt: skip
    assert [one.label for one in result.fields] == [
        "City", "First name", "E-mail", "Resume", "Why do you want to work at Meridian?", "LinkedIn",
    ]  # fmt: skip


def test_a_form_in_frames_of_another_site_is_read_with_the_names_that_the_browser_gives(
    pages: Site, elsewhere: Site, apply: Apply
) -> None:
    form = elsewhere.page(
        "<form method=post enctype=multipart/form-data action=/apply><p>First name *<input name=first></p>"
        "<div role=group aria-label='Work authorization'><p>Are you authorized to work in the US? *</p>"
        "<label><input type=radio name=au value=y>Yes</label><label><input type=radio name=au value=n>No</label></div>"
        "<div role=group aria-label=Gender><span>1</span><label><input type=radio name=g value=d>Decline</label>"
        "<label><input type=radio name=g value=f>Female</label></div>"
        "<label>E-mail *<input name=email></label><label>CV<input type=file name=cv></label>"
        "<button>Submit application</button></form>",
    )
    elsewhere.page(f"<iframe src={form} width=700 height=500></iframe>", path="/outer")
    url = pages.page(f"<iframe src={of_another_site(elsewhere.url)}/outer width=800 height=600></iframe>")

    result = apply(url)

    assert result.outcome is Outcome.SUBMITTED, (result.message, result.questions)
    assert elsewhere.sent == [
        {"first": "Ada", "au": "y", "g": "d", "email": "ada@example.com", "cv": ("resume.pdf", PDF)}
    ]
