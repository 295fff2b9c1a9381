"""Forms that come in steps, and forms that live somewhere else than in the page."""

import pytest

from automation.engine.browser.pace import Pace
from automation.engine.result import Outcome
from automation.engine.submit import CONFIRM_LIMIT
from tests.engine.conftest import PDF, Apply, Listener
from tests.engine.site import Reply, Sent, Site, document

ONE = (
    "<h1>Step 1 of 3</h1><form method=post action=/two enctype=multipart/form-data><p>First name * <input name=first></p>"
    "<p>Last name * <input name=last></p><p>E-mail * <input name=email></p><button name=go value=1>Continue</button></form>"
)
TWO = (
    "<h1>Step 2 of 3</h1><form method=post action=/three enctype=multipart/form-data><p>Resume * <input type=file name=cv></p>"
    "<p>Are you legally authorized to work in the United States? * <select name=auth><option value=''>Select</option>"
    "<option>Yes</option><option>No</option></select></p><button>Back</button><button>Next step</button></form>"
)
THREE = "<h1>Review</h1><p>Ada Moreno, ada@example.com</p><form method=post action=/done><button>Submit application</button></form>"


def test_a_form_on_several_pages_is_walked_through_and_sent_once(pages: Site, apply: Apply, listener: Listener) -> None:
    steps = [Reply(document(TWO)), Reply(document(THREE)), Reply(status=303, headers={"Location": "/thanks"})]
    pages.on_post = lambda sent: steps[len(pages.sent) - 1]

    result = apply(pages.page(ONE))

    assert result.outcome is Outcome.SUBMITTED, result.message
    one, two, three = pages.sent
    assert (one["first"], one["last"], one["email"]) == ("Ada", "Moreno", "ada@example.com")
    assert (two["cv"], two["auth"]) == (("resume.pdf", PDF), "Yes")
    assert three == {}
    assert listener.asked == 1
    assert [field.label for field in result.fields] == [
        "First name", "Last name", "E-mail", "Resume", "Are you legally authorized to work in the United States?",
    ]  # fmt: skip


FIRST = (
    "<h2>Welcome</h2><p>Enter your e-mail address to begin the application.</p><form method=post action=/login>"
    "<p>E-mail * <input type=email name=mail></p><p><label><input type=checkbox name=ok> I have read the privacy policy *"
    "</label></p><input type=submit value=Next></form>"
)


ALONE = (
    "<p>Please enter your email to begin your application.</p><form method=post action=/login>"
    "<label>Email * <input name=mail type=email></label><button>Next</button></form>"
)


@pytest.mark.parametrize(("first", "asked"), [(FIRST, {"ok": "on"}), (ALONE, {})])
def test_a_form_that_begins_with_the_address_alone_is_begun(
    first: str, asked: dict[str, str], pages: Site, apply: Apply
) -> None:
    steps = [Reply(document(THREE)), Reply(status=303, headers={"Location": "/thanks"})]
    pages.on_post = lambda sent: steps[len(pages.sent) - 1]

    assert apply(pages.page(first)).outcome is Outcome.SUBMITTED
    assert pages.sent[0] == {"mail": "ada@example.com", **asked}


SIGN_IN = (
    "<h1>Welcome back</h1><form method=post action=/in><label>E-mail <input name=mail value=ada@example.com></label>"
    "<label>Password * <input type=password name=pw></label><button>Log in</button></form>"
)


@pytest.mark.parametrize("is_framed", [False, True])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (SIGN_IN, Outcome.CHALLENGE),
        ("<h1>Engineer</h1><p>You have already applied for this job.</p>", Outcome.ALREADY_APPLIED),
    ],
)
def test_what_a_site_makes_of_the_address_is_told(
    answer: str, outcome: Outcome, is_framed: bool, pages: Site, apply: Apply, listener: Listener
) -> None:
    pages.on_post = lambda sent: Reply(document(answer))
    url = pages.page(ALONE)

    assert (
        apply(pages.page("<iframe src=/job width=800 height=600>", "/framed") if is_framed else url).outcome is outcome
    )
    assert listener.asked == 0


def test_an_address_that_is_asked_for_something_else_is_not_given(pages: Site, apply: Apply) -> None:
    pages.page(FIRST.replace("/login", "/apply"), "/form")

    assert (
        apply(
            pages.page(
                "<h1>Engineer</h1><p>Apply by May.</p><a href=/form>Apply now</a><h2>Get news</h2><p>Of our open jobs.</p>"
                f"<form method=post action=/news>{ALONE.partition('<form method=post action=/login>')[2]}"
            )
        ).outcome
        is Outcome.SUBMITTED
    )
    assert pages.sent == [{"mail": "ada@example.com", "ok": "on"}]


def test_a_profile_that_is_submitted_is_the_application(pages: Site, apply: Apply) -> None:
    controls = "<label>E-mail <input name=email></label><label>Resume <input name=cv type=file></label>"
    button = "<input type=button value='Submit Profile' onclick='this.form.submit()'>"

    assert apply(pages.form(controls, button)).outcome is Outcome.SUBMITTED


def test_a_last_step_that_asks_for_an_agreement_alone_is_sent(pages: Site, apply: Apply) -> None:
    agreeing = (
        "<h1>Step 3 of 3</h1><form method=post action=/done><label><input type=checkbox name=ok> I certify that all of this"
        " is true and complete *</label><button>Submit application</button></form>"
    )
    steps = [Reply(document(TWO)), Reply(document(agreeing)), Reply(status=303, headers={"Location": "/thanks"})]
    pages.on_post = lambda sent: steps[len(pages.sent) - 1]

    assert apply(pages.page(ONE)).outcome is Outcome.SUBMITTED
    assert pages.sent[2] == {"ok": "on"}


PROFILE = ONE.replace("of 3", "of 2").replace("Continue", "Submit profile")
LAST = THREE.replace("Review", "Step 2 of 2").replace(
    "<button>", "<p>Phone * <input name=phone></p><p>City <input name=city></p><button>"
)


def test_a_button_that_sends_a_step_alone_is_followed_by_the_next(
    pages: Site, apply: Apply, listener: Listener
) -> None:
    steps = [Reply(document(LAST)), Reply(status=303, headers={"Location": "/thanks"})]
    pages.on_post = lambda sent: steps[len(pages.sent) - 1]

    result = apply(pages.page(PROFILE))

    assert (result.outcome, len(pages.sent), listener.asked) == (Outcome.SUBMITTED, 2, 1), result.message
    assert pages.sent[1]["phone"] == "+15125550142"


def test_a_next_step_that_ends_without_a_button_leaves_it_open_whether_it_arrived(pages: Site, apply: Apply) -> None:
    bare = "document.forms[0].innerHTML = '<p>Fax <input></p><p>Pager <input></p>'"
    last = LAST.replace("<button>Submit application", f'<button type=button onclick="{bare}">Continue')
    pages.on_post = lambda sent: Reply(document(last))

    assert apply(pages.page(PROFILE)).outcome is Outcome.UNCONFIRMED
    assert len(pages.sent) == 1


def test_another_form_after_the_click_is_left_alone(pages: Site, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONFIRM_LIMIT, Pace.FAST, 1.0)
    pages.on_post = lambda sent: Reply(document(LAST.replace("Step 2 of 2", "Be told of other jobs")))

    assert apply(pages.page(PROFILE)).outcome is Outcome.UNCONFIRMED
    assert len(pages.sent) == 1


def test_a_step_that_is_not_accepted_is_told_in_its_own_words(pages: Site, apply: Apply, listener: Listener) -> None:
    wrong = ONE.replace(
        "<input name=email>", "<input name=email aria-invalid=true><span class=error>Use a work address.</span>"
    )

    def answer(sent: Sent) -> Reply:
        return Reply(document(wrong))

    pages.on_post = answer

    result = apply(pages.page(ONE))

    assert result.outcome is Outcome.FAILED
    assert "Use a work address." in result.message
    assert listener.asked == 0


STATES = "<select id=x name=x aria-describedby=x-message><option value=''>Select<option>Texas<option>Utah</select>"
UNMARKED = """
<h1>Engineer</h1>
<form method=post action=/two enctype=multipart/form-data novalidate>
<p>First name * <input name=first></p><p>E-mail * <input name=email></p><p>Resume * <input type=file name=cv></p>
<div><label for=x>{label}</label>{control}<p id=x-message></p></div><button>Continue</button></form>
<script>
  document.forms[0].onsubmit = (event) => {{
    const isEmpty = !x.value;
    if (isEmpty) event.preventDefault();
    x.setAttribute('aria-invalid', isEmpty);
    document.getElementById('x-message').textContent = isEmpty ? 'Please say.' : '';
  }};
</script>"""


def test_what_a_step_wants_without_a_mark_is_asked(pages: Site, apply: Apply) -> None:
    result = apply(pages.page(UNMARKED.format(label="Which state is best?", control=STATES)))

    assert (result.outcome, [one.label for one in result.questions]) == (
        Outcome.NEEDS_ANSWERS,
        ["Which state is best?"],
    )
    assert pages.sent == []


def test_what_a_step_wants_without_a_mark_is_given_where_it_is_known(pages: Site, apply: Apply) -> None:
    steps = [Reply(document(THREE)), Reply(status=303, headers={"Location": "/thanks"})]
    pages.on_post = lambda sent: steps[len(pages.sent) - 1]
    control = "<input id=x name=x aria-describedby=x-message>"

    assert apply(pages.page(UNMARKED.format(label="Preferred name", control=control))).outcome is Outcome.SUBMITTED
    assert pages.sent[0]["x"] == "Ada"


COMPLAINING = (
    "<p id=presses>0</p><form method=post action=/done enctype=multipart/form-data><div id=one><div><label>First name * <input name=first></label></div><div><label>E-mail * <input name=email></label></div>"
    "<div><label>Phone * <input name=tel></label><p role=alert></p></div><div><label>Expected salary * <input name=pay></label><p role=alert></p></div>"
    "<div id=more></div><button type=button onclick=next()>Next</button></div><div id=two hidden><input type=file name=cv><button>Submit application</button></div></form>"
    "<script>function next() { const f = document.forms[0]; presses.innerText = +presses.innerText + 1;"
    "const wrong = {tel: /^\\d{10}$/.test(f.tel.value) ? '' : 'Enter a valid 10-digit phone number.', pay: /^\\d+$/.test(f.pay.value) ? '' : WORDS};"
    "for (const [name, said] of Object.entries(wrong)) f[name].closest('div').querySelector('[role=alert]').innerText = said;"
    "if (Object.values(wrong).some(Boolean)) { MORE } else { one.hidden = true; two.hidden = false } }</script>"
)


def test_a_step_that_is_drawn_a_while_after_the_one_before_is_waited_for(pages: Site, apply: Apply) -> None:
    url = pages.page("""<form id=f method=post action=/apply enctype=multipart/form-data>
<label>First name <input name=first></label><label>E-mail <input name=email type=email></label><label>Phone <input name=tel></label>
<button type=button id=next>Next</button></form><script>
next.onclick = () => { const kept = [...f.querySelectorAll('input')]; f.replaceChildren();
  setTimeout(() => { f.innerHTML = '<label>Resume <input type=file name=cv required></label><button>Submit application</button>';
    kept.forEach((one) => { one.type = 'hidden'; f.append(one) }) }, 700) }</script>""")

    assert apply(url).outcome is Outcome.SUBMITTED
    assert [(one["first"], one["cv"][0]) for one in pages.sent] == [("Ada", "resume.pdf")]


def test_a_number_is_written_plainly_where_a_step_wants_it(pages: Site, apply: Apply) -> None:
    wanting = COMPLAINING.replace("WORDS", "'Enter numbers only.'").replace("MORE", "")

    assert apply(pages.page(wanting)).outcome is Outcome.SUBMITTED
    assert (pages.sent[0]["tel"], pages.sent[0]["pay"]) == ("5125550142", "150000")


def test_a_day_is_written_as_the_refusal_says_that_it_is_wanted(pages: Site, apply: Apply) -> None:
    asking = (
        "<form method=post action=/apply enctype=multipart/form-data><label>First name <input name=first></label>"
        "<label>E-mail <input name=email type=email></label><label>Resume <input type=file name=cv></label>"
        "<label for=day>Available from *</label><input id=day name=day aria-describedby=wrong> WRONG"
        "<button>Submit application</button></form>"
    )
    wrong = "<div id=wrong class=invalid-feedback>Available from must be in the format DD-MM-YYYY</div>"
    refusal = Reply(
        document(asking.replace("WRONG", wrong).replace("name=day", "name=day aria-invalid=true")), status=422
    )
    pages.on_post = lambda sent: refusal if len(pages.sent) == 1 else Reply(status=303, headers={"Location": "/thanks"})

    assert apply(pages.page(asking.replace("WRONG", ""))).outcome is Outcome.SUBMITTED
    assert [one["day"] for one in pages.sent] == ["2026-12-14", "14-12-2026"]


def test_a_step_that_complains_is_not_left_though_it_asks_more(pages: Site, apply: Apply) -> None:
    more = (
        "more.innerHTML = '<label>Nickname ' + presses.innerText + '<input name=nick' + presses.innerText + '></label>'"
    )
    wanting = COMPLAINING.replace("WORDS", "'We pay less.'").replace(
        "MORE", more + "; fetch('/press', {method: 'POST'})"
    )

    assert apply(pages.page(wanting)).outcome is Outcome.FAILED
    assert len(pages.sent) < 4


def test_a_form_that_asks_one_thing_at_a_time_is_followed_to_its_end(pages: Site, apply: Apply) -> None:
    screens = (
        "<script>const asked = ['Your full name?', 'May you lawfully work in the US?', 'Your e-mail?', 'Do you accept our privacy policy?'],"
        " said = []; let at = 0;"
        "const radios = (...all) => all.map((one) => `<div role=radio aria-checked=false onclick='this.ariaChecked = true; setTimeout(on, 450)'>${one}</div>`).join('');"
        "function draw() { box.innerHTML = `<h2 id=q>${asked[at]}*</h2>` + (at === 1 ? `<div role=radiogroup aria-labelledby=q>${radios('A Yes', 'B No')}</div>`"
        " : at === 3 ? `<div role=radiogroup aria-labelledby=q>${radios('I accept', 'I do not accept')}</div>` : '<input aria-labelledby=q>')"
        " + `<button onclick=on()>${at < 3 ? 'OK ✓' : 'Submit'}</button><nav><button aria-label=Previous>▲</button></nav>` }"
        "async function on() { said.push(document.querySelector('[aria-checked=true]')?.innerText || document.querySelector('input').value); at += 1;"
        " if (at < 4) draw(); else { await fetch('/done', { method: 'POST', body: said.join('|') }); box.innerHTML = 'Thank you for applying!' } }</script>"
    )
    url = pages.page(f"<h1>Engineer</h1><div id=box><button onclick=draw()>Start</button></div>{screens}")
    pages.on_post = lambda sent: Reply("{}")

    result = apply(url)

    assert (result.outcome, len(pages.sent)) == (Outcome.SUBMITTED, 1)
    assert [one.value for one in result.fields] == ["Ada Moreno", "Yes", "ada@example.com", "I accept"]


def test_a_form_in_a_frame_of_another_site_is_filled_in(pages: Site, apply: Apply) -> None:
    form = pages.form("<label>E-mail <input name=email></label><label>Resume <input type=file name=cv></label>")
    other = form.replace("127.0.0.1", "localhost")
    url = pages.page(f"<h1>Engineer</h1><iframe src={other} width=700 height=600></iframe>", path="/host")

    assert apply(url).outcome is Outcome.SUBMITTED
    assert pages.sent[0]["cv"][0] == "resume.pdf"


def test_cards_that_hide_their_radio_are_chosen(pages: Site, apply: Apply) -> None:
    card = (
        "<label style='border:1px solid;padding:9px'><input type=radio name=auth value={0} style='position:absolute;opacity:0'>"
        "<span>{0}</span></label>"
    )
    url = pages.form(
        "<label>E-mail <input name=email></label><label>Resume <input type=file name=cv></label>"
        f"<div><div>Are you authorized to work in the US? *</div><div>{card.format('Yes')}{card.format('No')}</div></div>"
    )

    assert apply(url).outcome is Outcome.SUBMITTED
    assert pages.sent[0]["auth"] == "Yes"


def test_a_list_of_suggestions_is_only_a_help(pages: Site, apply: Apply) -> None:
    url = pages.form(
        "<label>E-mail <input name=email></label><label>Resume <input type=file name=cv></label>"
        "<label>City <input name=city list=c></label><datalist id=c><option>Austin<option>Boston</datalist>"
    )

    apply(url)

    assert pages.sent[0]["city"] == "Austin"


def test_options_in_groups_are_options(pages: Site, apply: Apply) -> None:
    groups = (
        "<label>E-mail <input name=email></label><label>Resume <input type=file name=cv></label>"
        "<label>Country * <select name=country><option value=''>Choose a country<optgroup label=Europe><option>France</optgroup>"
        "<optgroup label=America><option>Canada<option>United States</optgroup></select></label>"
    )

    apply(pages.form(groups))

    assert pages.sent[0]["country"] == "United States"


WANTED = """
<form method=post action=/apply enctype=multipart/form-data novalidate>BASICS
  <div><label for=x>ASKED</label> <input id=x name=x><p id=said class=error hidden>This field is required</p></div>
  <button onclick="said.hidden = Boolean(x.value); x.setAttribute('aria-invalid', !x.value); return Boolean(x.value)">Submit application</button>
</form>"""


@pytest.mark.parametrize(("asked", "sent"), [("Preferred name", "Ada"), ("Shoe size", None)])
def test_what_a_form_wants_only_when_it_is_sent_is_given_or_asked(
    asked: str, sent: str | None, pages: Site, apply: Apply
) -> None:
    basics = "<label>E-mail <input name=email></label><label>Resume <input type=file name=cv></label>"

    result = apply(pages.page(WANTED.replace("BASICS", basics).replace("ASKED", asked)))

    assert [one.label for one in result.questions] == ([] if sent else [asked])
    assert [one["x"] for one in pages.sent] == ([sent] if sent else [])
