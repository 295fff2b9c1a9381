// Which controls a person can use, seen or behind what is drawn in their place.

const UPLOADS = /\b(attach|upload|browse|choose|drop|drag|resume|résumé|cv|file|hochladen|datei(en)?|lebenslauf|fichiers?|joindre|archivos?|adjuntar|bestand|bestanden|carica|allega|sfoglia|carregar|anexar|ficheiro|arquivo|ladda upp|släpp|vedhæft|plik|prześlij|załącz)\b/i;

// The input of a combobox may be a speck, or see-through: the box around it is what a person sees.
function isSeenAround(node) {
  if (!node.checkVisibility({ visibilityProperty: true })) return false;
  return [...ancestors(node, 6)].some((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width >= 40 && height >= 16 && height < 200 && !one.matches('form, body, main') && seen(one);
  });
}

// A label that lies on an empty box may hide what is below it, until one types: the part of the page that draws both is what is seen.
function isUnderItsLabel(node) {
  if (node.matches('input, textarea') && labelsOf(node).some((one) => one.contains(node) && seen(one) && shown(one))) return isOnPage(node);
  const name = node.getAttribute('aria-label');
  const home = [...ancestors(node)].findLast((one) => one.shadowRoot && name && words(one).startsWith(name));
  return Boolean(home) && node.matches('input, textarea') && seen(home) && isOnPage(node);
}

// A choice that is see-through lies on what is drawn for it, as on a star of a rating; its name is for those who do not see the page.
function isOnItsPicture(node) {
  const box = parentOf(node);
  return node.hasAttribute('aria-label') && isOnPage(node) && box.childElementCount > 1 && seen(box) && !closest(box, '[role=radio], [role=checkbox], [role=switch], [role=option]');
}

function isOnPage(node) {
  const { width, height } = node.getBoundingClientRect();
  return width >= LEAST && height >= LEAST && node.checkVisibility({ visibilityProperty: true });
}

// A native list that is put away, with what is drawn in its place around it or right beside it; it is what is sent.
function isDrawnAnew(list) {
  if (!list.matches('select[name]') || list.disabled || list.closest('[aria-hidden=true]')) return false;
  const before = [list.previousElementSibling].filter((one) => one?.matches(DRAWN_BEFORE));
  return [list.nextElementSibling, ...before, parentOf(list)].some((one) => {
    const { width, height } = one?.getBoundingClientRect() || {};
    return width >= 40 && height >= 16 && height < 100 && seen(one) && !one.matches('form, fieldset, p, td, label') && !controlsIn(one).some((other) => other !== list && !/chosen|search|select2/i.test(other.className));
  });
}

// Whether a node is drawn; what has no box of its own (CSS, "display: contents"), as a slot, counts as the page around it.
const isDrawn = (node) => node.checkVisibility() || getComputedStyle(node).display === 'contents';

// A file or choice input may be hidden behind what a person clicks in its place.
function reachable(node) {
  if (/captcha/i.test(`${node.name || ''} ${node.id || ''} ${node.placeholder || ''}`)) return false; // never ours to fill
  if (node.disabled || node.closest?.('[inert]')) return false;
  if (node.webkitdirectory) return false; // asks for a folder
  if (node.getAttribute('aria-hidden') === 'true' && node.type !== 'file') return false;
  if (node.tabIndex < 0 && node.matches('input:not([type=file], [type=radio], [type=checkbox]), textarea') && closest(node, '[aria-hidden=true]')) return false; // for machines
  if (seen(node)) return true;
  if (node.matches(`${COMBO}, [role=spinbutton], input[type=range]`) || (node.matches(`input${MENU}`) && !twinOf(node)) || ownOptionsOf(node).length) return isSeenAround(node);
  if (node.type === 'radio' || node.type === 'checkbox') return labelsOf(node).some(seen) || isOnItsPicture(node);
  if (node.matches('select')) return isDrawnAnew(node);
  if (node.type !== 'file') return isUnderItsLabel(node);
  if (labelsOf(node).some(seen)) return true;
  if ([...ancestors(node, 4)].some((one) => !isDrawn(one) && controlsIn(one).some((other) => other.type !== 'file' && other.type !== 'hidden'))) return false; // a part that is put away
  const home = [...ancestors(node, 4)].find((one) => seen(one) && [one, one.shadowRoot].some((root) => root?.childElementCount > 1 || root?.textContent.trim())); // the nearest box that shows anything has to speak of a file
  if (!home || home.matches('body, html, main')) return false;
  return [home, ...allDrawn(home, '*')].filter((one) => one.localName.includes('-') || one.matches('button, label, a, [role=button], div, span, p, strong, legend'))
    .some((one) => one.textContent.length < 200 && UPLOADS.test(one.textContent) && seen(one));
}
