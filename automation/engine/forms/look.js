// What the scripts that look at forms share: the tree through open shadow roots, what a person can see, and words.

// ---------------------------------------------------------------- the tree, through shadow roots

const roots = new WeakMap(); // the open shadow roots inside of a root: looked for once in a run

function shadowsIn(root) {
  if (!roots.has(root)) roots.set(root, [...root.querySelectorAll(':not(option)')].filter((one) => one.shadowRoot).map((one) => one.shadowRoot));
  return roots.get(root);
}

function all(root, selector) {
  return [...root.querySelectorAll(selector), ...shadowsIn(root).flatMap((shadow) => all(shadow, selector))];
}

// The same with what was put into the slots of the root.
const allDrawn = (root, selector) => [root, ...all(root, 'slot').flatMap((slot) => slot.assignedElements({ flatten: true }))]
  .flatMap((one) => [...(one !== root && one.matches(selector) ? [one] : []), ...all(one, selector), ...(one.shadowRoot ? all(one.shadowRoot, selector) : [])]);

function parentOf(node) {
  return node.assignedSlot || node.parentElement || (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
}

function* ancestors(node, limit = 60) {
  for (let one = parentOf(node); one && limit; one = parentOf(one), limit -= 1) yield one;
}

// Whether a node is in a box, through shadow roots as well.
const isIn = (box, node) => box.contains(node) || (node.getRootNode() !== box.getRootNode() || shadowsIn(document).length > 0) && [...ancestors(node)].includes(box);
// How two nodes stand to each other on the page (as compareDocumentPosition), each in a shadow root or not.
function positionOf(node, other) {
  const [here, there] = [node, other].map((one) => { const up = [one]; while (up.at(-1).getRootNode().host) up.push(up.at(-1).getRootNode().host); return up; });
  const above = here.find((one) => there.some((each) => each.getRootNode() === one.getRootNode()));
  return above.compareDocumentPosition(there.find((each) => each.getRootNode() === above.getRootNode()));
}

const closest = (node, selector) => [node, ...ancestors(node)].find((one) => one.matches?.(selector)) || null;
const byId = (node, id) => node.getRootNode().getElementById?.(id) || document.getElementById(id);
const listOf = (node, attribute) => (node.getAttribute(attribute) || '').split(/\s+/).filter(Boolean).map((id) => byId(node, id)).filter(Boolean);

// ---------------------------------------------------------------- what a person can see

const LEAST = 8; // pixels: what is smaller is a speck, not a control

function seen(node) {
  if (!node.isConnected || !node.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
  const box = node.getBoundingClientRect();
  if (box.width < LEAST || box.height < LEAST) return false;
  if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
  for (const one of [node, ...ancestors(node)]) {
    const style = getComputedStyle(one);
    if (Number(style.opacity) < 0.05) return false;
    if (/^inset\((?:[5-9]\d|100)%/.test(style.clipPath) || /rect\(0px,? 0px,? 0px,? 0px\)|rect\(1px,? 1px,? 1px,? 1px\)/.test(style.clip)) return false;
    if (one !== node && style.overflow !== 'visible' && (one.clientWidth < 3 || one.clientHeight < 3) && style.display !== 'inline' && style.display !== 'contents') return false;
  }
  return true;
}

function labelsOf(node) {
  const own = [...(node.labels || []), ...(node.id ? all(node.getRootNode(), `label[for="${CSS.escape(node.id)}"]`) : [])];
  const { host } = node.getRootNode();
  return own.length || !host || node.matches(':not(input)') ? own : [...labelsOf(host), host.closest('label')].filter(Boolean);
}

// ---------------------------------------------------------------- words

const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
const SAYS_REQUIRED = /^\(?(required|mandatory|pflichtfeld|erforderlich|obligatoire|requis|obligatorio|verplicht)\)?$/i;

// What is drawn in a node: in its shadow root if it has one, in a slot what was put there.
function drawnIn(node) {
  const slotted = node.matches('slot') ? node.assignedNodes() : [];
  return [...(slotted.length ? slotted : (node.shadowRoot || node).childNodes)];
}

function textOf(node, depth = 0) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || depth > 12) return '';
  if (node.matches('script, style, template, noscript, select, textarea, button, [role=button], option, [role=listbox], [role=option], [role=combobox], [role=alert], [role=log], [class*=placeholder i], [class*=singleValue], [class*=single-value], .error, .field-error, .helper-text--error, .invalid-feedback')) return '';
  if (depth && node.getAttribute('aria-hidden') === 'true' && !/^[*✱\s]+$/.test(node.textContent)) return '';
  if (!node.checkVisibility() && getComputedStyle(node).display !== 'contents') return ''; // a slot has no box of its own
  if (depth && (SAYS_REQUIRED.test(squeeze(node.textContent)) || isSpeck(node))) return ''; // for those who do not see the page
  const inner = drawnIn(node).map((child) => textOf(child, depth + 1)).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inner : ` ${inner} `;
}

const isSpeck = ({ offsetWidth, offsetHeight }) => offsetWidth <= 1 && offsetHeight <= 1 && offsetWidth + offsetHeight > 0;
const words = (node) => squeeze(textOf(node)).slice(0, 2000);
const shown = (node) => squeeze(node.innerText || (node.querySelector?.('slot') ? slottedIn(node) : node.textContent) || '');
const slottedIn = (node) => (node.nodeType === Node.ELEMENT_NODE ? drawnIn(node).map(slottedIn).join('') : node.nodeType === Node.TEXT_NODE ? node.data : '');

// ---------------------------------------------------------------- comboboxes

const PICKED = '[data-automation-id=selectedItem] [data-automation-id=promptOption], [class*=single-value i], [class*=singleValue], [class*=multi-value__label], [class*=multiValueLabel], [class*=MultiValueGeneric], [class*=selection-item], [class*=chip i] [class*=label i], [class*=tag i] [class*=label i]';
const LABEL = 'label, [class*=field-label i], [class*=field__label i], [class*=form-label i]';
const UNPICKED = '[class*=placeholder i], [data-placeholder]';

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
    const lists = [...before, ...one.querySelectorAll('select')].filter((list) => !seen(list) && parentOf(list).checkVisibility());
    if (lists.length) return lists.length === 1 ? lists[0] : null;
    if (one.matches('form, body, main, fieldset, td')) return null;
    if (one !== node && [...parentOf(one)?.querySelectorAll('input, textarea, [role=combobox]') || []].some((other) => !one.contains(other) && seen(other))) return null;
  }
  return null;
}

const plainText = (option) => squeeze((option.label || option.text).replace(/<\/?[a-z][^<>]*>/gi, '')); // some keep the markup of what they draw
const optionsIn = (list) => [...list?.options || []].filter((one) => one.value !== '').map(plainText);
const pickedIn = (list) => [...list.selectedOptions].filter((one) => one.value !== '').map(plainText).join(', ');

// What a combobox has as its value: what it shows as picked, not what is typed as a search.
function heldBy(node) {
  const twin = twinOf(node);
  if (twin && (twin.name || pickedIn(twin))) return pickedIn(twin); // with a name it is what is sent
  const box = boxAround(node);
  const picked = [...new Set([...box.querySelectorAll(PICKED)].filter((one) => !one.querySelector(PICKED) && !one.matches(LABEL) && seen(one) && !one.closest('[role=listbox]')).map(shown))].filter((text) => text && text !== nameOf(node));
  if (picked.length) return picked.join(', ');
  if (node.matches('input')) return node.value || besides(node, box);
  const search = [...node.querySelectorAll('input')].find((one) => one.type !== 'hidden' && one.checkVisibility());
  if (search) return search.value || squeeze(valueIn(node, []));
  const placeholder = node.matches(UNPICKED) || node.querySelector(UNPICKED);
  return placeholder && seen(placeholder === true ? node : placeholder) ? '' : shown(node).replace(/\s*[▾▼⌄˅]\s*$/, '').replace(/^[\u200b\s]+$/, '');
}

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
