"""What a page says of an application, sentence by sentence: what tells that it arrived, and what only sounds like it."""

import re

import pytest

from automation.engine.companies.notices import (
    CLOSED_LINE,
    SURE,
    THANKS,
    WRONG,
    confirms,
    is_kept_for_later,
    step_told,
    tells_of_earlier,
)


@pytest.mark.parametrize(
    "said",
    [
        "When your application was received, a recruiter reads it.",
        "Press the button once your application has been submitted by your school.",
        "If your application was sent before noon, you hear from us today.",
        "Sobald Ihre Bewerbung eingegangen ist, melden wir uns.",
        "Une fois que nous avons bien reçu votre candidature, nous la lisons.",
        "Una vez que hemos recibido tu solicitud, la leemos.",
        "Was your application submitted? Look into your mail.",
        "Wurde Ihre Bewerbung abgeschickt?",
        "Si te has inscrito en la oferta, la verás aquí.",
        "Une fois la candidature envoyée, nous la lisons.",
        "Gdy Twoja aplikacja została wysłana, czytamy ją.",
        "Quando la tua candidatura è stata inviata, la leggiamo.",
        "Each application received is read by a person.",
        "Every complete application submitted counts.",
        "No application received by fax is read.",
        "We have received too many requests from your address.",
        "We've received your resume and are reading it.",
        "Your resume was successfully received.",
        "Code successfully applied.",
        "You have applied 2 filters.",
        "You've applied a filter.",
        "Your application is complete. Review it, then send it.",
        "Your application has not been submitted.",
        "We have not received your application.",
        "Thank you for your interest in Meridian.",
    ],
)
def test_what_only_sounds_like_it_confirms_nothing(said: str) -> None:
    assert not confirms(said)


@pytest.mark.parametrize(
    "said",
    [
        "Thank you for applying! If you have questions, write to us.",
        "Thanks for applying. Once we have read it, you hear from us.",
        "Your application was submitted. Was that easy?",
        "Your resume and application were successfully submitted.",
        "We have received your application as an engineer.",
        "We received your details and will be in touch.",
        "Successfully submitted",
        "You have successfully applied.",
        "Your application has been received before the deadline.",
        "Vielen Dank für Ihre Bewerbung als Ingenieurin.",
        "La tua candidatura è stata inviata con successo.",
        "Candidatura enviada!",
        "¡Te has inscrito correctamente en la oferta!",
        "Candidature envoyée",
        "Bewerbung erfolgreich versendet",
        "We hebben je sollicitatie goed ontvangen.",
        "Tack för din ansökan!",
        "Tak for din ansøgning",
        "Twoja aplikacja została wysłana.",
    ],
)
def test_what_tells_of_its_arrival_confirms(said: str) -> None:
    assert confirms(said)


@pytest.mark.parametrize(
    ("said", "does"),
    [
        ("You have already applied for this job.", True),
        ("We have already received your application.", True),
        ("Have you already submitted an application?", False),
        ("If you have already applied to this job, you need not do it again.", False),
        ("You applied for this job on 3 May.", True),
    ],
)
def test_an_earlier_application_is_told_of_by_a_statement_alone(said: str, does: bool) -> None:
    assert tells_of_earlier(said) is does


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [
        ("Your draft application has been saved.", True),
        ("Your progress has been saved for later.", True),
        ("Your application is incomplete.", True),
        ("Votre candidature est enregistrée comme brouillon.", True),
        ("Your application was submitted.", False),
        ("If your application is incomplete, we write to you.", False),
        ("We saved your resume to your profile.", False),
        ("Welcome to the draft beer company.", False),
    ],
)
def test_what_is_kept_for_later_is_told_apart_from_what_was_sent(said: str, is_kept: bool) -> None:
    assert is_kept_for_later(said) is is_kept


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("Step 2 of 3", (2, 3)),
        ("Passo 2 di 3", (2, 3)),
        ("Etapa 2 de 3", (2, 3)),
        ("Steg 2 av 3", (2, 3)),
        ("Trin 2 af 3", (2, 3)),
        ("Krok 2 z 3", (2, 3)),
        ("Step 1 of 3, step 2 of 3", None),
        ("Page 2", None),
    ],
)
def test_a_page_tells_which_step_it_is(said: str, step: tuple[int, int] | None) -> None:
    assert step_told(said) == step


@pytest.mark.parametrize(
    ("word", "is_yes"),
    [
        ("Yes, submit", True),
        ("Sì, invia la candidatura", True),
        ("Skicka in", True),
        ("Bekræft", True),
        ("Wyślij", True),
        ("Sim", True),
        ("Send me a copy", False),
        ("Wyślij zaproszenie znajomemu", False),
        ("Tak, anuluj", False),
    ],
)
def test_the_button_that_says_that_one_is_sure_is_told_by_all_of_its_words(word: str, is_yes: bool) -> None:
    assert bool(re.search(SURE, word, re.IGNORECASE)) is is_yes


@pytest.mark.parametrize(
    "said",
    ["Sorry! This job listing is no longer active.", "This listing has been removed.", "This position is closed."],
)
def test_a_listing_that_has_gone_is_closed(said: str) -> None:
    assert CLOSED_LINE.search(said)


@pytest.mark.parametrize(
    ("said", "is_of_it"),
    [
        ("Thank you!", True),
        ("Thanks, Ada. We will be in touch.", True),
        ("Thank you! We get back to you with feedback.", True),
        ("Thanks for subscribing to our newsletter!", False),
        ("Thank you! You have joined our talent community.", False),
        ("Merci de votre abonnement", False),
        ("Vielen Dank für deine Newsletter-Anmeldung", False),
        ("Gracias por suscribirte", False),
    ],
)
def test_thanks_for_something_else_are_none(said: str, is_of_it: bool) -> None:
    assert (THANKS.search(said) is not None) is is_of_it


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("Nog niet alles is goed ingevuld", True),
        ("Es sind noch nicht alle Pflichtfelder ausgefüllt.", True),
        ("Des champs sont mal remplis", True),
        ("Revisa los campos marcados", True),
        ("Compila tutti i campi", True),
        ("Uzupełnij brakujące pola", True),
        ("Alle velden zijn goed ingevuld", False),
        ("Completa tu candidatura en tres pasos", False),
        ("Alle Felder sind ausgefüllt", False),
    ],
)
def test_a_form_that_is_not_filled_in_right_is_told_of(said: str, is_wrong: bool) -> None:
    assert (WRONG.search(said) is not None) is is_wrong
