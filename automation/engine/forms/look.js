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

// The same with what was put into the slots of the root, and into theirs.
function allDrawn(root, selector) {
  const own = [root, root.shadowRoot].filter(Boolean);
  const slotted = own.flatMap((one) => all(one, 'slot')).flatMap((one) => one.assignedElements({ flatten: true }));
  const found = slotted.flatMap((one) => [...(one.matches(selector) ? [one] : []), ...allDrawn(one, selector)]);
  return [...new Set([...own.flatMap((one) => all(one, selector)), ...found])];
}

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

const CLIPPED = /rect\(0px,? 0px,? 0px,? 0px\)|rect\(1px,? 1px,? 1px,? 1px\)/; // away, by an old way to do so
const LEAST = 8; // pixels: what is smaller is a speck, not a control

function seen(node) {
  if (!node.isConnected || !node.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
  const box = node.getBoundingClientRect();
  if (box.width < LEAST || box.height < LEAST) return false;
  if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
  for (const one of [node, ...ancestors(node)]) {
    const style = getComputedStyle(one);
    if (Number(style.opacity) < 0.05) return false;
    if (/^inset\((?:[5-9]\d|100)%/.test(style.clipPath) || CLIPPED.test(style.clip)) return false;
    if (one !== node && style.overflow !== 'visible' && (one.clientWidth < 3 || one.clientHeight < 3) && style.display !== 'inline' && style.display !== 'contents') return false;
  }
  return true;
}

// Labels may be elements of a library's own, too.
function labelsOf(node) {
  const own = [...(node.labels || []), ...(node.id ? all(node.getRootNode(), `[for="${CSS.escape(node.id)}"]:not(output)`) : [])];
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
  if (node.matches('script, style, template, noscript, select, textarea, button, [role=button], option, [role=listbox], [role=option], [role=combobox], [role=alert], [role=log], [class*=placeholder i], [class*=singleValue], [class*=single-value], .select2-container, .error, .field-error, .helper-text--error, .invalid-feedback')) return '';
  if (depth && node.getAttribute('aria-hidden') === 'true' && !/^[*✱\s]+$/.test(node.textContent)) return '';
  if (!node.checkVisibility() && getComputedStyle(node).display !== 'contents') return ''; // a slot has no box of its own
  if (depth && (SAYS_REQUIRED.test(squeeze(node.textContent)) || isSpeck(node))) return ''; // for those who do not see the page
  const inner = drawnIn(node).map((child) => textOf(child, depth + 1)).join('');
  return getComputedStyle(node).display.startsWith('inline') ? inner : ` ${inner} `;
}

const isSpeck = ({ offsetWidth, offsetHeight }) => offsetWidth <= 1 && offsetHeight <= 1 && offsetWidth + offsetHeight > 0;
const words = (node) => squeeze(textOf(node)).slice(0, 2000);
const shown = (node) => squeeze((node.querySelector?.('slot') ? slottedIn(node) : '') || node.innerText || node.textContent || '');
const isClipped = (node) => CLIPPED.test(getComputedStyle(node).clip); // for those who do not see the page
const slottedIn = (node) => (node.nodeType === Node.ELEMENT_NODE && !isSpeck(node) && !isClipped(node) && node.getAttribute('aria-hidden') !== 'true' ? drawnIn(node).map(slottedIn).join('') : node.nodeType === Node.TEXT_NODE ? node.data : '');
