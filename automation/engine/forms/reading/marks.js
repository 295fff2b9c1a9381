// What a page says of a question: a hint, a complaint, that an answer is required.

const COMPLAINS = /error|invalid|message|danger|destructive/i; // an id or a class

// What explains the field: what the page ties to it, or small print below it.
function hintOf(node) {
  const tied = listOf(node, 'aria-describedby').filter((one) => !COMPLAINS.test(`${one.id} ${one.className}`)).map(words).join(' ');
  return squeeze(tied || formatOf(node) || followingText(node, 'small, .small, i, [class*=help i], [class*=hint i], [class*=description i]') || unitOf(node)).slice(0, 300);
}

// The form of a date that a calendar's script reads from an attribute.
const formatOf = (node) => node.matches('input') ? node.dataset.dateFormat || node.getAttribute('aria-description') || '' : '';

// A currency that is drawn in the field's own box, at an end of it, and is the whole of what stands there.
const CURRENCY = /^([€£$₹]|EUR|USD|GBP|CHF)$/;
function unitOf(node) {
  const boxes = [boxOf([node]), node.getRootNode().host].filter((one) => one && node.matches('input'));
  return boxes.flatMap((box) => [...box.querySelectorAll('*')]).filter((one) => !one.childElementCount && seen(one)).map(shown).find((text) => CURRENCY.test(text)) || '';
}

const isClosedList = (node) => node.matches('[role=listbox]') && !node.checkVisibility(); // of a combobox beside it
const isSaid = (text) => /\p{L}/u.test(text); // else it counts letters

function errorOf(node, own) {
  const pointed = [...listOf(node, 'aria-errormessage'), ...listOf(node, 'aria-describedby').filter((one) => COMPLAINS.test(`${one.id} ${one.className}`))].filter(seen).map(shown).find(isSaid);
  if (pointed) return pointed;
  for (const one of ancestors(node, 3)) {
    if (controlsIn(one).some((control) => !own.includes(control) && control.type !== 'hidden' && !isClosedList(control))) break;
    const text = [...one.querySelectorAll('[role=alert], .error, .field-error, .error-message, .invalid-feedback, .help-block.error, .helper-text--error')].filter(seen).map(shown).find(isSaid);
    if (text) return text;
  }
  return listedErrorOf(own) || (node.getAttribute('aria-invalid') === 'true' ? 'This field is not accepted' : '');
}

// A list of all that is wrong, each line of which leads to its field.
const listedErrors = kept((root) => [...root.querySelectorAll('a[href*="#"]')].filter((one) => one.hash.length > 1 && closest(one, '[role=alert], [class*=error i], [class*=alert i]') && seen(one)));
const listedErrorOf = (own) => {
  const found = listedErrors(own[0].getRootNode()).find((one) => own.some(({ id }) => id && decodeURIComponent(one.hash.slice(1)) === id));
  return found ? shown(found) : '';
};

const MARKED_CLASS = /(^|[\s_])(is-|field-|form-|label-)?(required(-(star|mark|indicator|asterisk|field|label))?|asterisk|mandatory)($|[\s_])/i;
const DRAWN_MARK = /[-_](symbol|asterisk)($|\s)/i; // on a picture without words, in a label
const MARK = /(^|[^\s*])\s?[*✱∗](?=$|\s|:)(?!\s*(=|indicates|denotes|means|required|mandatory))|^[*✱∗](?=\p{L})(?!indicates|denotes|means|required|mandatory)|\((required|mandatory|pflichtfeld|erforderlich|obligatoire|requis|obligatorio|verplicht|obbligatorio|obrigatório|obligatorisk|wymagane)\)/iu;

// The largest box around a question that holds no other question: a mark may be anywhere in it.
function boxOf(own, group) {
  let box = null;
  const isApart = group && own[0].getRootNode() !== group.getRootNode(); // each choice is drawn in a shadow root of its own
  for (const one of isApart ? [group, ...ancestors(group, 3)] : ancestors(own[0], 5)) {
    if (one.matches('form, body, main, section, [role=form]') || one.shadowRoot) break;
    if (!own.every((each) => isIn(one, each))) continue;
    if (controlsIn(one).some((each) => !own.includes(each) && each.type !== 'hidden' && reachable(each))) break;
    box = one;
  }
  return box;
}

function isMarked(one) {
  if (MARKED_CLASS.test(one.getAttribute('class') || '') || one.matches('abbr[title*=required i]') || (one.localName.includes('-') && one.hasAttribute('required'))) return true;
  if (SAYS_REQUIRED.test(squeeze(one.textContent)) || /^\s*required to answer\./i.test(one.textContent)) return true;
  if (DRAWN_MARK.test(one.getAttribute('class') || '') && closest(one, 'label, legend') && !squeeze(one.textContent) && one.querySelector('svg, img')) return true;
  if (one.matches('img') && SAYS_REQUIRED.test(squeeze(one.alt || one.title))) return true;
  return ['::before', '::after'].some((side) => /^"[\s(]*[*✱∗]/.test(getComputedStyle(one, side).content));
}

const requiresItself = (one) => Boolean(one.required) || one.getAttribute('aria-required') === 'true';

// A name that several controls share, with a star: where some of them require an answer by themselves, it is theirs.
function isStarOfOthers(node, name) {
  if (!name.id || !MARK.test(words(name)) || requiresItself(node)) return false;
  return all(name.getRootNode(), `[aria-labelledby~="${CSS.escape(name.id)}"]`).some(requiresItself);
}

// A form may say that it requires all that it does not call optional.
const UNLESS_OPTIONAL = /\b(all|every) (of the )?(fields?|questions?)\b[^.]{0,30}\b(required|mandatory)\b[^.]{0,20}\b(unless|except)\b[^.]{0,30}\boptional/i;
const OPTIONAL = /\b(optional|voluntary)\b/i;
let requiresAll;

function isRequired(own, group, label) {
  requiresAll ??= UNLESS_OPTIONAL.test(document.body.innerText);
  if (requiresAll && label && !OPTIONAL.test(label) && !own[0].matches('[type=checkbox], [role=checkbox], [role=switch], [role=slider]')) return true;
  if ([group, ...own].some((one) => one && (requiresItself(one) || one.getRootNode().host?.hasAttribute('required')))) return true;
  const box = boxOf(own, group);
  const asked = box?.previousElementSibling; // the question may stand in a box of its own
  const tied = own.length > 1 ? [] : labelsOf(own[0]);
  const labels = !tied.length ? [loneLabelOf(own)] : tied.flatMap((one) => [one, one.parentElement?.querySelector(CONTROLS) ? null : one.parentElement]);
  const boxes = [box, asked && label && words(asked) === label && !asked.querySelector(CONTROLS) && asked, ...labels, group?.querySelector(':scope > legend')].filter(Boolean);
  return boxes.some((box) => MARK.test(words(box)) || [box, ...box.querySelectorAll(':not(option, [role=option])')].some((one) => one.checkVisibility() && !one.matches('[role=alert], .error') && isMarked(one)));
}
