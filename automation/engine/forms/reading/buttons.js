// What sends a form, goes on in it, adds a row to it or unfolds a part.

const SUBMIT = /^(submit|send|apply|complete|finish)( (my|your|the|this|now))*( ?(application|form|now|here|for this (job|position|role)))*( ?[→»>!])*$|^(submit|send)( (my|your|the))* (profile|candidacy|details|information)$|^((ihre |deine |meine )?bewerbung )?(jetzt )?(absenden|abschicken|einreichen)$|^jetzt bewerben$|^(envoyer|soumettre)( (ma|votre|la) candidature)?$|^enviar( (mi |la |tu )?(solicitud|candidatura))?$|^(sollicitatie )?(versturen|verzenden)$|^invia( la)?( tua| mia)?( candidatura)?$|^(enviar|submeter)( a)?( minha| sua)? candidatura$|^skicka( in)?( min| din)?( ansökan)?$|^(send|indsend|send inn)( din| min)?( ansøgning(en)?| søknad(en)?)?$|^(wyślij|prześlij)( swoje| swoją)?( zgłoszenie| aplikację)?$/i;
const NEXT = /^ok(ay)?( ?[✓✔→»>↵])*$|^((save|submit) (and|&) )?(next|continue|proceed|review)( step| question| page| to .*| application)?( ?[→»>])*$|^(weiter|suivant|continuer|siguiente|continuar|volgende|avanti|continua|prosegui|próximo|seguinte|avançar|nästa|fortsätt|næste|neste|fortsæt|fortsett|dalej|kontynuuj)( ?[→»>])*$/i;
const NEVER = /zurück|abbrechen|retour|annuler|volver|cancelar|vorige|annuleren|indietro|annulla|bozza|anterior|voltar|rascunho|tillbaka|avbryt|utkast|tilbage|forrige|annuller|kladde|wstecz|anuluj|szkic|back|previous|cancel|search|sign.?in|log.?in|register|draft|reset|clear|remove|add|upload|attach|linkedin|indeed|google|facebook|autofill|newsletter|subscribe|cookie/i;

const BUTTON = 'button, input[type=submit], input[type=button], input[type=image], [role=button]';
const LINK_TO_NOTHING = 'a:not([href]), a[href="#"], a[href^="javascript:"]'; // a script makes a button of it

function buttonsOf(root, test, selector = BUTTON) {
  const found = all(root, selector).filter((node) => test(node) && seen(node));
  const outer = root === document ? [] : all(document, 'button[form], input[form]').filter((node) => node.form === root && seen(node) && !found.includes(node));
  return [...found, ...outer].map((node) => ({ node, text: squeeze([shown(node), node.value].find((text) => /\p{L}/u.test(text || '')) || node.getAttribute('aria-label') || '') }));
}

function submitsOf(buttons) {
  const exact = buttons.filter(({ text }) => SUBMIT.test(text));
  if (exact.length) return exact;
  return buttons.filter(({ node, text }) => (node.type === 'submit' || node.type === 'image') && text && !NEXT.test(text) && !NEVER.test(text));
}

// Buttons that add a row to a section or take it away: {element, text, sections, after: how many fields stand before it}.
const ROW = /^[+\s]*(add|remove|delete)\b(?!.*\b(file|attachment|resume|cv|cover|letter|document|website|url|link|photo)s?\b)/i;

function rowButtonsOf(root, test, fields) {
  return all(root, 'button, [role=button], input[type=button], a:not([href]), a[href^="#"], a[href^="javascript"]')
    .filter((node) => test(node) && seen(node) && !node.disabled)
    .map((node) => ({ node, text: squeeze([shown(node) || node.value || '', node.getAttribute('aria-label') || '', node.title].filter(Boolean).join(' ')) }))
    .filter(({ text }) => text.length < 80 && ROW.test(text))
    .map(({ node, text }) => ({
      element: node, text, sections: sectionsOf(node).sections,
      after: fields.filter(({ element }) => element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).length,
    }));
}

// What opens a part of the form that is folded up, with questions in it.
const FOLDED = '[aria-expanded=false][aria-controls], details:not([open]) > summary';
const NO_PART = '[role=listbox], [role=dialog], [role=menu], [role=grid]';

function foldedOf(root, test, fields) {
  const home = fields.length && [fields[0].element, ...ancestors(fields[0].element)].find((one) => fields.every(({ element }) => isIn(one, element)));
  return all(root, FOLDED).filter((node) => {
    if (!home || !test(node) || !(root !== document || isIn(home, node)) || node.matches(`${COMBO}, input, [aria-haspopup]`)) return false;
    const part = node.matches('summary') ? node.parentElement : listOf(node, 'aria-controls')[0];
    const asked = part ? allDrawn(part, 'input:not([type=hidden], [type=search]), select, textarea').filter((one) => !closest(one, NO_PART)) : [];
    return asked.length > 0 && !asked.some(seen) && seen(node);
  });
}
