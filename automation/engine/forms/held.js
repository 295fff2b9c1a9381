// What a combobox has as its value. Runs after look.js.

const PICKED = '[data-automation-id=selectedItem] [data-automation-id=promptOption], [class*=single-value i], [class*=singleValue], [class*=multi-value__label], [class*=multiValueLabel], [class*=MultiValueGeneric], [class*=selection-item], .select2-choice:not(.select2-default) .select2-chosen, [class*=chip i] [class*=label i], [class*=tag i] [class*=label i], [class*=pill i] [class*=label i]';
const LABEL = 'label, [class*=field-label i], [class*=field__label i], [class*=form-label i]';
const UNPICKED = '[class*=placeholder i], [data-placeholder]';

// What is chosen may stand in a list of its own beside a search, as Workday's do: nothing is offered there.
const isOfChosen = (list) => list.matches('[role=listbox]') && /^((items?|values?|options?) selected|selected (items?|values?|options?))$/i.test(list.getAttribute('aria-label') || '');
const isOffered = (one) => Boolean(one.closest('[role=listbox]')) && !isOfChosen(one.closest('[role=listbox]'));

// The part of the page that belongs to this field alone.
function boxAround(node) {
  let box = node;
  for (const one of ancestors(node, 5)) {
    if (one.matches('form, body, main, fieldset') || one.querySelectorAll('input:not([type=hidden], [aria-hidden=true]), select, textarea, [role=combobox]').length > 1) break;
    if (one.matches('label')) break;
    box = one;
  }
  return box;
}

// The words on show around the field, its list left out.
function wordsAround(node) {
  const words = [];
  const walk = (one) => {
    if (one.nodeType === Node.TEXT_NODE) words.push(one.data);
    else if (one.nodeType === Node.ELEMENT_NODE && !one.matches('[role=listbox]') && (one.matches('body') || seen(one))) one.childNodes.forEach(walk);
  };
  walk(boxAround(node));
  return squeeze(words.join(' '));
}

// The native list that a script has put away to draw the combobox in its place, and keeps up to date; null if there is none.
function twinOf(node) {
  for (const one of [node, ...ancestors(node, 5)]) {
    const before = one.previousElementSibling?.matches('select') ? [one.previousElementSibling] : [];
    const lists = [...before, ...one.querySelectorAll('select')].filter((list) => !seen(list) && parentOf(list).checkVisibility() && !isDrawnElsewhere(list, node));
    if (lists.length) return lists.length === 1 ? lists[0] : null;
    if (one.matches('form, body, main, fieldset, td')) return null;
    if (one !== node && [...parentOf(one)?.querySelectorAll('input, textarea, [role=combobox]') || []].some((other) => !one.contains(other) && seen(other))) return null;
  }
  return null;
}

const DRAWN_BEFORE = '.select2-container'; // by select2 before its version 4

function isDrawnElsewhere(list, node) {
  const box = list.previousElementSibling;
  return Boolean(box?.matches(DRAWN_BEFORE)) && !box.contains(node);
}

const plainText = (option) => squeeze((option.label || option.text || option.value).replace(/<\/?[a-z][^<>]*>/gi, '')); // some keep the markup of what they draw
const optionsIn = (list) => [...list?.options || []].filter((one) => one.value !== '').map(plainText);
const pickedIn = (list) => [...list.selectedOptions].filter((one) => one.value !== '').map(plainText).join(', ');

// The options of a library's element, which stand in it as children, where a button in its shadow opens them in a dialog.
function ownOptionsOf(node) {
  const { host } = node.getRootNode();
  return host && node.matches('button[aria-haspopup=dialog]') ? [...host.children].filter((one) => one.matches('[role=option]')) : [];
}

// What a combobox has as its value: what it shows as picked, not what is typed as a search.
function heldBy(node) {
  const twin = twinOf(node);
  if (twin && (twin.name || pickedIn(twin))) return pickedIn(twin); // with a name it is what is sent
  const own = ownOptionsOf(node);
  if (own.length) return own.filter(({ value }) => value && [node.getRootNode().host.value].flat().includes(value)).map(shown).join(', ');
  const box = boxAround(node);
  const picked = [...new Set([...box.querySelectorAll(PICKED)].filter((one) => !one.querySelector(PICKED) && !one.matches(LABEL) && seen(one) && !isOffered(one)).map(shown))].filter((text) => text && text !== nameOf(node));
  if (picked.length) return picked.join(', ');
  const chosen = chosenIn(node, box);
  if (chosen) return chosen;
  if (node.matches('input')) return node.value || besides(node, box);
  const search = [...node.querySelectorAll('input')].find((one) => one.type !== 'hidden' && one.checkVisibility());
  if (search) return search.value || squeeze(valueIn(node, []));
  const placeholder = !readsOut(node) && (node.matches(UNPICKED) || node.querySelector(UNPICKED));
  return placeholder && seen(placeholder === true ? node : placeholder) ? '' : shown(node).replace(/\s*[▾▼⌄˅]\s*$/, '').replace(/^[\u200b\s]+$/, '');
}

// Some keep what is chosen where a placeholder was: it is the value if the list of the field calls an option of these words chosen.
function chosenIn(node, box) {
  const lists = ['aria-controls', 'aria-owns'].flatMap((name) => listOf(node, name));
  const chosen = lists.flatMap((list) => [...list.querySelectorAll('[role=option][aria-selected=true]')]).map((one) => squeeze(one.textContent));
  return [...box.querySelectorAll(UNPICKED)].filter(seen).map(shown).find((text) => text && chosen.includes(text)) || '';
}

// Some are read out with their label and what they show, which then is the value, whatever they call it.
const readsOut = (node) => labelsOf(node).map(words).some((label) => label && nameOf(node) === squeeze(`${label.replace(/[*✱∗]/g, '')} ${shown(node)}`));
const nameOf = (node) => squeeze(node.getAttribute('aria-label') || ''); // it may lie on the empty box
const LINE = 56; // pixels: what is higher than a line holds more than the value
const NO_VALUE = `${UNPICKED}, [aria-live], [role=log], [role=alert], [role=status], [role=listbox], ${LABEL}, button, svg, i[aria-hidden=true], input`;

// The words that a combobox shows beside its empty input, in the line that it takes.
function besides(node, box) {
  for (const one of ancestors(node, 4)) {
    if (!box.contains(one) || one.getBoundingClientRect().height > LINE) return '';
    const found = squeeze(valueIn(one, listOf(node, 'aria-labelledby')));
    if (found && found !== nameOf(node)) return found;
  }
  return '';
}

// The words in a box, without those that are no value: labels, what stands for nothing chosen, what is only read out.
function valueIn(box, labels) {
  const parts = [...box.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE || (child.nodeType === Node.ELEMENT_NODE && !child.matches(NO_VALUE) && !labels.includes(child) && seen(child)));
  return parts.map((child) => child.data ?? (child.querySelector(NO_VALUE) ? valueIn(child, labels) : child.innerText)).join(' ');
}
