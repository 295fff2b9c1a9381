"""Consents that are given in a dialog behind a link: for those who gave them, and by the words of the link alone."""

import pytest

from automation.engine.result import Outcome
from tests.engine.conftest import Apply
from tests.engine.site import Reply, Site, document

# Its dialog and its buttons are a library's, as in the forms of SuccessFactors.
LINK = """
<label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label><input type=hidden name=agreed>
<div><b>Data Privacy</b> * <a href="javascript:void(0)" id=link>WORDS</a> <span id=state></span></div>"""
DIALOG = """
<x-dialog id=d style="display:none"><template shadowrootmode=open><section role=dialog><slot></slot><slot name=foot></slot></section></template>
<p>We process your personal data to handle your application.</p><div slot=foot>
<x-b id=yes><template shadowrootmode=open><button type=button><slot></slot></button></template>Accept</x-b>
<x-b id=no><template shadowrootmode=open><button type=button><slot></slot></button></template>Cancel</x-b></div></x-dialog>
<script>
  link.onclick = () => { d.style.display = 'block'; };
  no.onclick = () => { d.style.display = 'none'; };
  yes.onclick = () => { const { agreed } = document.forms[0]; agreed.value += 'yes'; STATE; d.style.display = 'none'; };
</script>"""
READ = "Read and accept the data privacy statement"


@pytest.mark.parametrize("state", ["state.textContent = 'Accepted'", ""])
def test_a_statement_is_accepted_once_in_the_dialog_behind_its_link(state: str, pages: Site, apply: Apply) -> None:
    url = pages.page(
        f"<form method=post enctype=multipart/form-data action=/apply>{LINK.replace('WORDS', READ)}<button>Submit application"
        f"</button></form>{DIALOG.replace('STATE', state)}"
    )

    assert apply(url).outcome is Outcome.SUBMITTED
    assert [one["agreed"] for one in pages.sent] == ["yes"]


@pytest.mark.parametrize(("words", "ada"), [(READ, {"consents": {}}), ("Read and accept binding arbitration", {})])
def test_nothing_is_accepted_behind_a_link_that_the_person_did_not_agree_to(
    words: str, ada: dict[str, object], pages: Site, apply: Apply
) -> None:
    url = pages.page(
        f"<form method=post enctype=multipart/form-data action=/apply>{LINK.replace('WORDS', words)}<button>Submit application"
        f"</button></form>{DIALOG.replace('STATE', '')}"
    )

    result = apply(url, ada=ada)

    assert [one.label for one in result.questions] == ([READ] if words == READ else [])
    assert [one["agreed"] for one in pages.sent] == ([] if words == READ else [""])


GATE = (
    "<h2>TITLE</h2><p>Read how we process the personal data of applicants.</p><form method=post action=/form>"
    "<input type=submit name=taken value='I Accept'> <input type=button value='I Decline'></form>"
)
FORM = (
    "<form method=post enctype=multipart/form-data action=/apply><label>E-mail * <input name=email></label>"
    "<label>Resume <input name=cv type=file></label><button>Submit application</button></form>"
)


def gate(pages: Site, title: str) -> str:
    thanks = pages.on_post({})
    pages.on_post = lambda sent: Reply(document(FORM)) if "taken" in sent else thanks
    return pages.page(GATE.replace("TITLE", title))


@pytest.mark.parametrize("title", ["Privacy Agreement", "Datenschutzerklärung"])
def test_a_privacy_statement_before_the_form_is_taken_for_who_agreed(title: str, pages: Site, apply: Apply) -> None:
    assert apply(gate(pages, title)).outcome is Outcome.SUBMITTED
    assert [one.get("email", one.get("taken")) for one in pages.sent] == ["I Accept", "ada@example.com"]


@pytest.mark.parametrize(("title", "ada"), [("Privacy Agreement", {"consents": {}}), ("Arbitration Agreement", {})])
def test_nothing_is_taken_before_the_form_that_the_person_did_not_agree_to(
    title: str, ada: dict[str, object], pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("automation.engine.run.FORM_LIMIT", 0.5)

    assert apply(gate(pages, title), ada=ada).outcome is Outcome.FAILED
    assert not pages.sent
