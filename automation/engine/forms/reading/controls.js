// What takes an answer on a page, and what only helps to give one.

const CONTROLS = 'input, select, textarea, [role=combobox], [role=radio], [role=checkbox], [role=switch], [role=listbox], [role=spinbutton], [role=slider], '
  + '[contenteditable]:not([contenteditable=false]), [aria-haspopup=listbox], button[aria-pressed]';
// The controls in an element, from a list that is made once: to look through all of a form for each of its fields takes long.
let everyControl;
const controlsIn = (box) => (everyControl ??= all(document, CONTROLS)).filter((one) => one !== box && box && isIn(box, one));
const kept = (find, found = new Map()) => (box) => found.get(box) ?? found.set(box, find(box)).get(box); // found once in a run
const COMBO = '[role=combobox], [aria-haspopup=listbox]:not([role=option]), [role=listbox][aria-expanded]';
const MENU = ':is(button, [role=button]):is([aria-haspopup=true], [aria-haspopup=menu])'; // opens the options of a question if it has a label
const TOOLS = '[class*=toolbar i], [role=toolbar], [role=menubar], [role=tablist], [role=search]'; // controls in these work on something else
const GROUP = 'fieldset, [role=group], [role=radiogroup], [role=list]:is([aria-label], [aria-labelledby])';
const isCombo = (node) => (node.matches(COMBO) || (node.matches(MENU) && (labelsOf(node).length > 0 || isDrawnForAList(node))) || ownOptionsOf(node).length > 0) && !isOfDays(node) && !(node.matches('input:not([role])') && takesSeveral(node));
// The button of a menu from which a list gets its one option when it has been chosen.
function isDrawnForAList(node) {
  const twin = twinOf(node);
  return Boolean(twin) && twin.options.length < 2;
}
// An element of a library's own that is a radio button, though nothing but its script says so.
const isOwnRadio = (node) => node.tagName.includes('-') && typeof node.checked === 'boolean' && node.matches('[role=radiogroup] [value]:not([role])')
  && ![node, node.shadowRoot].some((one) => one?.querySelector('input, [role]'));

// A link that opens a statement of what becomes of one's data, to be accepted there: it leads to no other page.
const AGREEMENT = 'a:is(:not([href]), [href="#"], [href^="javascript:"]), button, [role=button], [role=link]:not([href])';
const READS_AND_AGREES = /^\W*(please )?(read|review|view|open)\W+(and|&|then)\W+(accept|agree)\b.*\b(privacy|data protection|gdpr)\b|\bdatenschutz\w*\b.*\blesen\W+(und|&)\W+(akzeptieren|zustimmen|annehmen)\b/i;
const isAgreement = (node) => node.matches(AGREEMENT) && READS_AND_AGREES.test(shown(node)) && shown(node).length < 150 && !closest(node, 'label');

// Of a native list that is put away and the box that a script draws for it, one is the field.
function isNoTwin(node, _, every) {
  const lists = every.filter((one) => one.matches('select') && !seen(one));
  if (!lists.length) return true;
  if (lists.includes(node)) return !every.some((one) => isCombo(one) && twinOf(one) === node);
  return !node.matches('input:not([role], [type=radio], [type=checkbox], [type=file])') || !lists.includes(twinOf(node));
}

// A list of country codes that names itself with the code that it holds: the number beside it is typed without one.
const saysDialCode = (node) => /^(phone |mobile )?(country|dial(l?ing)?|phone) code\b.*\+\d/i.test(node.getAttribute('aria-label') || '');

// What works on another control: a tool of an editor, the button that opens the list of the combobox beside it, a country chosen for a phone number.
function isTool(node) {
  if (closest(node, `${TOOLS}, [role=tabpanel]`)?.matches(TOOLS) || [...ancestors(node, 6)].some((one) => /-toolbar$/i.test(one.tagName))) return true;
  if (node.matches(':not(input)[role=combobox]') && [...node.querySelectorAll('input[role=combobox]')].some(reachable)) return true; // the box around one
  if (!node.matches(COMBO) || node.matches('input')) return false;
  if (node.tabIndex < 0) return !node.querySelector('input, textarea') && !labelsOf(twinOf(node) || node).some(seen); // its text is typed into a control of its own
  if (labelsOf(node).length || node.getAttribute('aria-labelledby') || saysDialCode(node)) return false;
  const beside = [...ancestors(node, 3)].map((one) => [...one.querySelectorAll('input:not([type=hidden]), select, textarea')].filter((other) => !node.contains(other))).find((found) => found.length);
  return beside?.length === 1 && beside[0].type === 'tel';
}
