// Files: what asks for one may be far from the input that takes it.

const DOCUMENT = '(resume|résumé|cv|curr[ií]culum|cover|letter|portfolio|transcript|certificates?|lebenslauf|anschreiben|zeugnis(se)?|lettre|hoja de vida|carta|motivatiebrief|ansøgning|życiorys)';
const NAMES_DOCUMENT = new RegExp(`\\b${DOCUMENT}\\b`, 'i');
const UPLOAD_WORDS = new RegExp(`^((attach|upload|browse|choose|select|drop|drag|add|durchsuchen|parcourir|subir|bladeren)\\b|(datei|ziehe|hochladen|choisi|joindre|télécharge|dépose|glisse|selecciona|elegir|elija|adjunta|arrastra|bestand|kies|carica|scegli|trascina|sfoglia|carregar|escolh|anexar|arrast|välj|ladda upp|vælg|træk|velg|last opp|dodaj|wybierz|prześlij|przeciągnij))(?!.*\\b(${DOCUMENT}|of your)\\b)|^(file )?upload(er)?( (a )?file)?s?$|^file[ -](input|field)s?$|^(attachment|document)s?:?$|^(no )?files?( chosen)?$`, 'i');

function fileLabel(node) {
  const group = closest(parentOf(node), GROUP);
  const { section } = sectionsOf(node);
  const lone = loneLabelOf([node, ...all(document, 'input[type=file]')]); // what stands beside it is a link or a text to drop it on
  const before = precedingText(node);
  const texts = [listOf(node, 'aria-labelledby').map(words).join(' '), ...labelsOf(node).map(words), node.getAttribute('aria-label'),
    lone && words(lone), group && groupLabel(group), cellLabel(node), controlsIn(parentOf(node)).every((one) => one === node) && headingBefore(node), NAMES_DOCUMENT.test(before) && before, ...[...ancestors(node, 4)].map((one) => precedingText(one)), before, NAMES_DOCUMENT.test(section) && section, spelledOut(node.name || node.id || '')];
  const held = [...node.files || []].map((one) => one.name); // shown beside it, and no label
  const found = squeeze(texts.find((text) => text && !UPLOAD_WORDS.test(squeeze(text)) && !held.includes(squeeze(text))) || texts.find(Boolean) || '');
  const button = NAMES_DOCUMENT.test(found) ? '' : buttonOf(node); // the words before it may be about something else
  return !found || NAMES_DOCUMENT.test(button) ? button : found;
}

// What names the one button beside it, which a person presses in its place.
function buttonOf(node) {
  for (const box of [node.previousElementSibling, node.nextElementSibling, ...ancestors(node, 2)]) {
    const buttons = box ? [box, ...all(box, '*')].filter((one) => one.matches('button, [role=button]') && seen(one)) : [];
    const isOfAnother = box && all(box, 'input[type=file]').some((one) => one !== node);
    if (buttons.length === 1 && !isOfAnother) return labelsOf(buttons[0]).map(words).find(Boolean) || [buttons[0].ariaLabel || '', shown(buttons[0])].find((text) => UPLOADS.test(text)) || '';
  }
  return '';
}

// Controls for files that a library keeps at the end of the page, each with the box of the form that it works for.
const ZONE = ':is([class*=dropzone i], [class*=drop-zone i], [class*=upload i]):not(:has(input[type=file]))';

function zonesOf(root, inForm) {
  const kept = [...document.querySelectorAll('body > input[type=file], form input[type=file]')].filter((one) => !one.disabled && !seen(one) && (parentOf(one).matches('body') || isAloneInForm(one)));
  if (!kept.length) return [];
  const boxes = all(root, ZONE).filter((one) => inForm(one) && !one.parentElement.closest(ZONE) && UPLOADS.test(one.textContent) && seen(one));
  const told = boxes.filter((box) => kept.includes(box.dropzone?.hiddenFileInput)).map((box) => ({ box, input: box.dropzone.hiddenFileInput }));
  return told.length || kept.length > 1 || boxes.length !== 1 ? told : [{ box: boxes[0], input: kept[0] }];
}

// A form that is put away and holds a file alone: a script sends it, for the form that a person sees.
const isAloneInForm = (node) => !node.form?.checkVisibility() && [...node.form?.elements || []].every((one) => one === node || one.type === 'hidden');

function zoneField({ box, input }) {
  return base(input, { own: [box], group: box, kind: 'file', widget: 'file', label: fileLabel(box), multiple: input.multiple });
}
