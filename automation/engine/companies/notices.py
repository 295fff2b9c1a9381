"""What pages say of a posting or of an application, in the words in which they say it."""

import re

# Lines of their own: that the time to apply is over, that this person has applied.
OVER = (
    r"^\W*(?:sorry,? |unfortunately,? )?(?:the )?application(?:s| window| period) for (?:this|the)"
    r" (?:job|position|role|posting|vacancy|opening) (?:are |is |have |has )?(?:now )?(?:been )?"
    r"(?:closed|ended|expired)\b(?! to\b)"
)
JOB = r"(?:this|the) (?:job|position|role|posting|vacancy|opening|opportunity|requisition)"
TAKES_NONE = (
    rf"{JOB}(?: posting| opening)? (?:is not|isn.t|is no longer) (?:currently |presently |now )?(?:accepting|taking)"
    r" (?:any )?(?:new |more |further )?(?:applications|applicants|candidates|submissions)\b"
)
APPLIED_ON = r"^\W*you applied (?:for|to) this (?:job|position|role|posting|vacancy|opening) (?:on|in) "
CLOSED = re.compile(
    r"(job|position|posting|role|vacancy|opening|opportunity|requisition)[^.\n]{0,40}\b(is|has|was|are)\b[^.\n]{0,25}"
    r"(no longer (available|open|active|accepting|posted|listed)|(?<!not )closed|expired|been (filled|closed|removed)"
    r"|taken down|(now|already) filled|not (available|found))|no longer accepting (applications|responses|submissions)"
    r"|(job|position|posting|page) (was )?not found"
    r"|applications? (are|is) (now )?closed|couldn.t find anything here|page you are looking for doesn.t exist"
    r"|\bnot (currently |presently )?accepting (any )?(new |more |further )?applications for this\b"
    r"|this page isn.t available|looking for is no longer open|" + OVER + "|" + TAKES_NONE,
    re.IGNORECASE | re.MULTILINE,
)
# A line of its own that says it of this very job: that counts beside a form, too.
CLOSED_LINE = re.compile(
    r"^\W*(?:(?:we(?:'re| are) )?sorry|unfortunately|oops|note|notice|attention)?\W*(?:but )?"
    r"(?:this|the) (?:job|position|role|posting|vacancy|opening|opportunity|requisition|listing)"
    r"(?: posting| opening| listing)?"
    r"(?: (?:that )?you(?:'re| are| were) (?:looking for|viewing|(?:trying to apply|applying) (?:for|to)))?"
    r" (?:is|has|was)(?: now| already)?(?: been)? (?:no longer (?:available|open|active|accepting applications|posted)"
    r"|closed|filled|expired|removed)\b" + "|" + OVER + r"|^\W*" + TAKES_NONE,
    re.IGNORECASE,
)
APPLIED_LINE = re.compile(
    r"^\W*(?:it looks like )?you(?:'ve| have) already (?:applied|submitted)\b|" + APPLIED_ON, re.IGNORECASE
)
# Said of a submission that was taken for a machine's.
TAKEN_FOR_ROBOT = re.compile(
    r"flagged as (possible |potential )?spam|error verifying your application|automated (traffic|submission|request)"
    r"|unusual (traffic|activity)|detected (as )?a bot",
    re.IGNORECASE,
)
# Said of an answer, in a line of its own.
WRONG = re.compile(
    r"^\W*(?:required|invalid)\b|\b(?:is|are) (?:required|mandatory|missing|invalid|not valid)\W*$"
    r"|^\W*please (?:enter|select|choose|fill|provide|complete|tick|correct|attach|upload|accept|answer|agree)\b"
    r"|\b(?:can(?:'t|not)|must not|may not) be (?:blank|empty)\b"
    r"|\bpflichtfeld\b|^\W*bitte (?:geben|wählen|füllen|laden|korrigieren)\b|\best obligatoire\W*$|^\W*veuillez \w+"
    r"|\bes obligatorio\W*$|^\W*(?:introduce|selecciona|corrige|adjunta)\b|\bis verplicht\W*$|^\W*vul .* in\W*$"
    r"|\b(?:è obbligatori[oa]|campo obbligatorio|[ée] obrigatóri[oa]|campo obrigatório|måste fyllas i|skal udfyldes"
    r"|må fylles ut|obligatorisk|(?:jest|pole) wymagan[ey])\W*$|^\W*udfyld dette felt"
    r"|\bnot all (?:required )?(?:fields|questions)\b"
    r"|\bniet (?:alles|volledig|goed|juist|correct)\b[^.!?]{0,30}\bingevuld\b"
    r"|\bnicht (?:alle|vollständig|korrekt|richtig)\b[^.!?]{0,40}\bausgefüllt\b|\b(?:mal|pas|non) remplie?s?\b"
    r"|^\W*(?:revisa|rellena|completa|compila|controlla|preencha) (?:(?:todos|tutti) )?(?:los|i|os) camp(?:os|i)\b"
    r"|\binte (?:alla|korrekt) ifyll\w+|\bikke (?:alle|korrekt) udfyldt\b|\bikke (?:alle|riktig) utfylt\b"
    r"|^\W*uzupełnij\b",
    re.IGNORECASE,
)
# Said of the whole of what was sent.
NOT_TAKEN = re.compile(
    r"\bapplication (?:was not|wasn't|has not been|could not be|couldn't be) (?:sent|submitted|processed|received)\b"
    r"|\b(?:could not|couldn't|were not able to|were unable to) (?:send|submit|process) (?:your|the) application\b",
    re.IGNORECASE,
)
# Said of what is kept for later, in a line of its own: no application has arrived, whatever the page thanks for.
UNSENT = re.compile(
    r"\bdraft\b[^.!?\n]{0,40}\b(?:saved|stored|kept)\b|\bsaved\b[^.!?\n]{0,30}\b(?:drafts?|for later)\b"
    r"|\bstatus\W+draft\b"
    r"|\bapplication\b[^.!?\n]{0,30}\b(?:(?:not|hasn't|isn't|wasn't) (?:yet )?(?:been )?|un|in)"
    r"(?:submitted|sent|completed?|finished|finali[sz]ed)\b"
    r"|\b(?:to|and) (?:complete|finish|finali[sz]e|submit) (?:your|the|this) application\b"
    r"|\b(?:als )?entwurf\b[^.!?\n]{0,30}\bgespeichert\b|\bbewerbung\b[^.!?\n]{0,30}\bnoch nicht\b"
    r"|\bbrouillon\b[^.!?\n]{0,30}\benregistrée?\b|\benregistrée?\b[^.!?\n]{0,30}\bbrouillon\b"
    r"|\bcandidature\b[^.!?\n]{0,30}\b(?:pas encore|incomplète)\b"
    r"|\bborrador\b[^.!?\n]{0,30}\bguardado\b|\bguardad[oa]\b[^.!?\n]{0,30}\bborrador\b"
    r"|\bsolicitud\b[^.!?\n]{0,30}\b(?:aún|todavía) no\b"
    r"|\b(?:bozza|rascunho|utkast|kladde|szkic)\b[^.!?\n]{0,30}\b(?:salvat[ao]|guardado|salvo|sparat|gemt|lagret|zapisany)\b"
    r"|\bconcept\b[^.!?\n]{0,30}\bopgeslagen\b|\bsollicitatie\b[^.!?\n]{0,30}\bnog niet\b",
    re.IGNORECASE,
)
LONGEST_NOTICE = 160  # letters; what is longer is prose
APPLIED = re.compile(
    r"you(?:'ve| have) already applied|already (?:submitted|sent|received) (?:an |your |this )?application"
    r"|application (?:was |has been )?already (?:been )?(?:received|submitted)|already applied (?:for|to) this|"
    + APPLIED_ON,
    re.IGNORECASE | re.MULTILINE,
)
# What a page thanks for besides an application: a list that one is on now, what one said or did there.
_FOR_OTHER = (
    r"newsletter|subscri\w+|sign(?:ing|ed)? up|mailing list|(?:job|e-?mail) alerts?|talent (?:community|network|pool)"
    r"|for (?:your|the) (?:feedback|rating)|cookies?|abonn\w+|vivier|suscri\w+|iscri\w+ alla newsletter"
    r"|prenumer\w+|subskry\w+|talentpool"
)
# Said in a line of its own once the form is gone; where the site took it as well, that is a confirmation.
THANKS = re.compile(
    rf"^(?!.*\b(?:{_FOR_OTHER})\b)"
    r"\W*(?:thanks|thank you|(?:vielen )?dank|danke|merci|gracias"
    r"|bedankt|grazie|obrigad[oa]|tack|takk?(?= for)|dziękujemy|all done|success"
    r"|(?:your )?application (?:is )?complete)\b",
    re.IGNORECASE,
)
CONFIRMED = re.compile(
    r"thank(?:s| you)(?: very much| so much)?,? (?:[A-Z][\w-]+ )?for"
    r" (?:applying|submitting|your (?:application|submission))"
    r"|application (?:has been |was |is )?(?:successfully )?(?:submitted|received|sent)\b"
    r"|successfully (?:submitted|received|applied)\b"
    r"|\bwe(?:'ve| have)? (?:successfully )?(?:received|got) your"
    r" (?:application|submission|response|details|answers|information|form|profile)\b"
    r"|your application (?:has |is )?(?:landed|arrived|on its way)\b"
    r"|you(?:'ve| have) (?:successfully )?applied\b"
    r"|your application (?:for|to) [^.\n]{1,60} (?:has been|was|is) (?:successfully )?(?:submitted|received|sent)\b"
    r"|your (?:response|submission|answers) (?:(?:has|have) been|was|were) (?:\w+ly )?(?:recorded|received|submitted)"
    r"|(?:vielen dank|danke) für (?:ihre|deine|die) bewerbung"
    r"|(?:ihre|deine) bewerbung (?:wurde|ist) (?:erfolgreich )?(?:bei uns )?"
    r"(?:eingegangen|eingereicht|(?:ab)?gesendet|abgeschickt|übermittelt)"
    r"|haben (?:ihre|deine) bewerbung (?:erfolgreich )?erhalten"
    r"|merci (?:pour|de|d'avoir) (?:votre candidature|postulé)"
    r"|votre candidature a (?:bien )?été (?:envoyée|transmise|reçue|enregistrée)|avons bien reçu votre candidature"
    r"|gracias por (?:(?:tu|su) (?:solicitud|candidatura|postulación|inscripción)|inscribir[st]e|postular[st]e)"
    r"|hemos recibido (?:tu|su) (?:solicitud|candidatura|postulación|inscripción)"
    r"|(?:tu|su) (?:solicitud|candidatura) (?:ha sido|se ha) (?:enviada|recibida|registrado|enviado)"
    r"|\bte has inscrito (?:\w+ )?(?:en|a) (?:la|esta) (?:oferta|vacante)|(?:tu|su) inscripción (?:ha sido|se ha) \w+"
    r"|candidature (?:bien )?envoyée\b"
    r"|bewerbung (?:wurde )?erfolgreich (?:versendet|abgeschickt|gesendet|eingereicht|übermittelt)"
    r"|hebben (?:je|uw) sollicitatie (?:goed )?ontvangen"
    r"|bedankt voor (?:je|uw) sollicitatie|(?:je|uw) sollicitatie is (?:goed )?(?:ontvangen|verzonden|verstuurd)"
    r"|grazie per (?:la (?:tua|sua) candidatura|esserti candidat[oa]|aver inviato la)"
    r"|candidatura è stata (?:\w+ )?(?:inviata|ricevuta|registrata)|abbiamo ricevuto la (?:tua|sua) candidatura"
    r"|obrigad[oa] pela (?:tua|sua) candidatura|recebemos a (?:tua|sua) candidatura"
    r"|candidatura (?:foi )?(?:enviada|recebida|submetida)\b"
    r"|tack för (?:din|er) ansökan|ansökan (?:är|har) (?:nu )?(?:skickad|skickats|mottagen|mottagits)"
    r"|har (?:tagit emot|mottagit) din ansökan|tak for din ansøgning|har modtaget din ansøgning"
    r"|takk for (?:din )?søknaden?|har mottatt (?:din )?søknaden?"
    r"|(?:ansøgning|søknad)(?:en)? er (?:sendt|modtaget|mottatt)"
    r"|dziękujemy za (?:zgłoszenie|aplikację|(?:przesłanie|wysłanie) (?:zgłoszenia|aplikacji))"
    r"|(?:aplikacja|zgłoszenie) został[ao] (?:wysłan|przyjęt|przesłan)[ae]"
    r"|otrzymaliśmy (?:twoj[ąe]|państwa) (?:aplikację|zgłoszenie)",
    re.IGNORECASE,
)
# What a sentence may say of an application though none has arrived: of what may be, as a question, of any at all, of a
# file or of what a list was narrowed by.
NO_PROOF = re.compile(
    r"\b(?:once|after|when|whenever|before|until|unless|if|as soon as|sobald|wenn|falls|nachdem|bevor|une fois"
    r"|lorsqu\w*|quand|dès qu\w*|après|avant|si|cuando|una vez|después|antes|zodra|wanneer|nadat|voordat|als|indien"
    r"|quando|dopo|una volta|após|assim que|caso|när|innan|hvis|når|før|jeśli|jeżeli|gdy|kiedy)\b"
    r"[^.,;:!?\n]*"
    r"|\b(?:have|has|did|was|were|is|are|do|does|haben|hast|hat|wurde|ist|avez|heeft|heb|ha|has)\b[^.!?\n]*\?"
    r"|\b(?:any|each|every|all|no|late|incomplete|duplicate)\s(?:\w+\s)?applications?\b[^.!?\n]*"
    r"|\b(?:files?|resumes?|résumés?|cv|documents?|attachments?|photos?|letter|code|coupon|filters?)"
    r" (?:(?:was|were|has been|have been) )?successfully \w+"
    r"|\bapplied (?:\w+ ){0,2}filters?\b",
    re.IGNORECASE,
)


def confirms(text: str) -> bool:
    """Whether the text says that an application has arrived."""
    return bool(CONFIRMED.search(NO_PROOF.sub("", text)))


def is_kept_for_later(line: str) -> bool:
    """Whether a line of its own says that nothing has been sent yet: a draft, or a part of an application."""
    found = UNSENT.search(line) if len(line) <= LONGEST_NOTICE else None
    return found is not None and not any(one.start() < found.start() < one.end() for one in NO_PROOF.finditer(line))


def tells_of_earlier(text: str) -> bool:
    """Whether the text says that the person has applied before."""
    return bool(APPLIED.search(NO_PROOF.sub("", text)))


# Which step of how many, in the languages that forms are known in.
STEP = re.compile(
    r"\b(?:step|page|schritt|seite|étape|paso|stap|passo|passaggio|fase|etapa|steg|trin|trinn|side|krok|strona)"
    r" (\d{1,2}) (?:of|/|von|sur|de|van|di|av|af|z) (\d{1,2})\b",
    re.IGNORECASE,
)
# The words of the button that says that one is sure.
SURE = (
    "^(yes,? )?(i am sure|i'm sure|confirm|submit|send|apply)( (my|the|this|your))?( application)?( now)?$|^yes$"
    "|^(ja,? )?((jetzt |bewerbung )?(absenden|abschicken|senden)|bestätigen)$|^ja$"
    "|^(oui,? )?(confirmer|envoyer|soumettre|postuler)( (ma|la|votre) candidature)?$|^oui$"
    "|^(sí,? )?(confirmar|enviar|postular)( (mi|la|tu|su) (solicitud|candidatura))?$|^sí$"
    "|^(ja,? )?(bevestigen|versturen|verzenden)$"
    "|^(sì,? )?(conferma|invia)( (la (mia )?)?(candidatura|domanda))?$|^sì$"
    "|^(sim,? )?(confirmar|enviar|submeter)( (a (minha )?)?candidatura)?$|^sim$"
    "|^(ja,? )?(bekräfta|skicka( in)?)( (min )?ansökan)?$|^(ja,? )?(bekræft|send( (min )?ansøgning(en)?)?)$"
    "|^(ja,? )?(bekreft|send( inn)?( søknad(en)?)?)$"
    "|^(tak,? )?(potwierdź|potwierdzam|wyślij)( (moje )?(zgłoszenie|aplikację))?$|^tak$"
)


def step_told(text: str) -> tuple[int, int] | None:
    """Return which step of how many a page says that it is; None if it does not say it, or says several."""
    told = {(int(at), int(of)) for at, of in STEP.findall(text)}
    return told.pop() if len(told) == 1 else None
