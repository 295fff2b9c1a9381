// Looks at the list of the combobox arguments[0]; runs after look.js. Does what arguments[1] says:
//   "look": {labels, complete, many, on, blank, dialog}: the options on show, whether these are all, whether several may be, and
//           are, chosen, whether it shows neither an option nor that it found none, whether it is a dialog;
//           null while no list is open, or it is still being looked up.
//   "all":  the same, but of all options: a list that draws only a part of them is scrolled through.
//   "find": the element of the option named arguments[2], scrolled into view; null if it has gone.
//   "confirm": the button of the dialog with which what is chosen in it is taken.
const [node, what, wanted] = arguments;
const LEADS_ON = /\s*[>›»▸▶→]$/; // the sign of an option that only opens others
const FOUND_NONE = /\b(no|not|0|nothing|none|kein\w*|nicht\w*|aucun\w*|sin|ning[uú]n\w*|geen|niets|nessun\w*|nenhum\w*|ing(a|en|et)|intet|brak)\b/i;
const LOADING = /^(loading|searching|please wait)/i;
const TAKES = /^(ok(ay)?|done|confirm|apply|select|save|fertig|bestätigen|übernehmen|terminé|valider|confirmer|listo|aceptar|confirmar|klaar|bevestigen)$/i;
const OWN_CHOICE = '[type=radio], [type=checkbox]'; // drawn in the list itself
const DIALOG = '[role=dialog], [role=alertdialog], [aria-modal=true]';
const MOST = 20000;
const COLUMN = '[role=menu]'; // of options that lead on; the last to open stands last
const LIST = node.getAttribute('aria-haspopup') === 'tree' ? '[role=tree]' : '[role=listbox]'; // what opens
const MULTIPLE = /(^|[\s_-])(multiple|multi-?select)($|[\s_-])/i;
const SCROLL_LIMIT = 10000; // milliseconds
const isOpenTo = (one) => one && one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true });
const area = (one) => { const { width, height } = one.getBoundingClientRect(); return width * height; };

function listOfIds() {
  const owners = [node, ...ancestors(node, 3)].filter((one) => one === node || one.matches('[role=combobox], [aria-haspopup]'));
  const named = owners.flatMap((one) => [...listOf(one, 'aria-controls'), ...listOf(one, 'aria-owns')]).filter((one) => one !== node && !node.contains(one));
  const around = named.flatMap((one) => [...one.querySelectorAll(COLUMN)]).filter(isOpenTo); // a box with a column for each level
  const within = named.flatMap((one) => allDrawn(one, LIST)).find(isOpenTo); // of what pops up around the list
  return named.find((one) => one.matches(LIST)) || around.at(-1) || within || named.find((one) => one.matches(`[role], ul, ol, [class*=menu i], [class*=list i], :has(${OWN_CHOICE})`));
}

// A list may be there for machines only, beside the rows that a person sees: then its popup counts.
function boxOf(list) {
  if (area(list) > 200) return isOpenTo(list) ? list : null;
  const popup = [...ancestors(list, 6)].find((one) => area(one) > 200);
  return popup && !isIn(popup, node) && isOpenTo(popup) ? popup : null;
}

function box() {
  const given = listOfIds();
  if (given) return boxOf(given);
  if (node.getAttribute('aria-expanded') === 'false') return null;
  for (const one of [node, ...ancestors(node, 6)]) {
    const near = [...one.querySelectorAll(`${LIST}, [class*=menu-list i], [class*=MenuList]`)].filter((list) => isOpenTo(list) && area(list) > 200 && !isItsOwn(list));
    if (near.length) return near.find((list) => popsUp(list, one)) || near[0];
  }
  const popups = node.matches('[aria-haspopup=true], [aria-haspopup=menu], input[readonly]') ? `${LIST}, [role=menu]` : LIST;
  return all(document, popups).filter((list) => isOpenTo(list) && area(list) > 200 && !isAnothers(list) && !isItsOwn(list)).pop() || dialog();
}

// A dialog that is open for a field which says that it opens something: with choices if it is to be one, with options if not.
function dialog() {
  if (!node.matches('[aria-expanded=true]')) return null;
  const offered = node.matches('[aria-haspopup=dialog]') ? `${LEVELS[0]}, ${CHOICES}` : '[role=option]';
  return all(document, DIALOG).filter((one) => isOpenTo(one) && area(one) > 200 && !isIn(one, node) && rowsIn(one).some((row) => row.matches(offered))).pop() || null;
}

// What is chosen may be a list as well: that which opens lies over the page.
const popsUp = (list, home) => [list, ...ancestors(list, 6)].some((one) => one !== home && home.contains(one) && /absolute|fixed/.test(getComputedStyle(one).position));
const isItsOwn = (list) => list !== node && (list.matches('[role=listbox][aria-expanded]') || isOfChosen(list)); // a question, or an answer, not what opens for one
const isAnothers = (list) => Boolean(list.id && [...document.querySelectorAll(`[aria-controls~="${CSS.escape(list.id)}"]`)].some((one) => one !== node));
const CHOICES = '[role=radio], [role=checkbox]';
const LEVELS = ['[role=option], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem]', '[aria-selected]', 'li', '[class*=option i], [class*=item i]', `label:has(${OWN_CHOICE})`];

function rowsIn(list) {
  for (const level of list.matches(DIALOG) ? [LEVELS[0], CHOICES] : LEVELS) {
    const rows = allDrawn(list, level).filter((one) => isOpenTo(one) && area(one) > 20);
    const outer = new Set(rows.flatMap((one) => outerOf(one, list)));
    const found = rows.filter((one) => !outer.has(one) && textOfRow(one));
    if (found.length) return found.filter((one) => one.getAttribute('aria-disabled') !== 'true' && !one.matches('[data-disabled]:not([data-disabled=false]), [class*=disabled]'));
    if (level === LEVELS[1] && list.matches('[role=listbox]')) return [];
  }
  return [];
}

function outerOf(row, list) {
  const found = [];
  for (let one = parentOf(row); one && one !== list; one = parentOf(one)) found.push(one);
  return found;
}

const textOfRow = (one) => shown(one).replace(LEADS_ON, '') || squeeze(one.textContent || '') || one.getAttribute('aria-label') || '';

function scrollerOf(row) {
  return [row, ...ancestors(row, 8)].find((one) => one.scrollHeight > one.clientHeight + 4 && getComputedStyle(one).overflowY !== 'visible' && !one.matches('body, html'));
}

function isPart(rows) {
  const scroller = rows.length ? scrollerOf(rows[0]) : null;
  if (!scroller || !scroller.clientHeight) return null;
  const drawn = rows.at(-1).getBoundingClientRect().bottom - rows[0].getBoundingClientRect().top;
  return drawn < scroller.scrollHeight * 0.85 ? scroller : null;
}

const drawn = () => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); setTimeout(resolve, 60); });

// Calls `see` with the rows of each part of the list, from the top, until it returns true or the list ends.
async function scrollThrough(list, see) {
  const scroller = isPart(rowsIn(list));
  if (!scroller) return see(rowsIn(list));
  const until = performance.now() + SCROLL_LIMIT;
  for (let top = 0; performance.now() < until; top += scroller.clientHeight * 0.8) {
    scroller.scrollTop = top;
    await drawn();
    if (see(rowsIn(list))) return true;
    if (top + scroller.clientHeight >= scroller.scrollHeight - 2) return false;
  }
  return false;
}

const foldedIn = (list) => allDrawn(list, '[role=treeitem][aria-expanded=false]').filter(isOpenTo);

// Unfolds the branches of a tree, and what comes up in them, by the key that does (w3.org/WAI/ARIA/apg, "Tree View").
async function unfold(list) {
  const pressed = new Set(); // a leaf may call itself folded
  const until = performance.now() + SCROLL_LIMIT;
  for (let next; performance.now() < until && (next = foldedIn(list).find((one) => !pressed.has(one))); pressed.add(next)) {
    next.focus();
    next.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight', bubbles: true, composed: true }));
    await drawn();
  }
}

async function main() {
  const list = box();
  if (!list || list.getAttribute('aria-busy') === 'true') return null;
  if (what === 'find') {
    const inSight = () => rowsIn(list).find((row) => textOfRow(row) === wanted) || null;
    let found = inSight();
    if (!found) await unfold(list);
    found ||= inSight();
    if (!found) await scrollThrough(list, (rows) => (found = rows.find((row) => textOfRow(row) === wanted) || null));
    found?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    return found;
  }
  if (what === 'confirm') return allDrawn(list, 'button, [role=button]').find((one) => TAKES.test(shown(one)) && isOpenTo(one)) || null;
  if (what === 'all') await unfold(list);
  const rows = rowsIn(list);
  if (!rows.length && LOADING.test(squeeze(list.innerText || ''))) return null;
  if (rows.length === 1 && LOADING.test(textOfRow(rows[0]))) return null;
  const many = [list, ...list.querySelectorAll('[role=listbox]')].some((one) => one.getAttribute('aria-multiselectable') === 'true')
    || !rows.some((row) => LEADS_ON.test(shown(row))) && rows.some((row) => row.matches('[aria-checked]:not([role=radio])') || all(row, '[type=checkbox], [role=checkbox]').length)
    || [list, ...ancestors(list, 4)].some((one) => !isIn(one, node) && MULTIPLE.test(one.getAttribute('class')));
  const labels = new Set(rows.slice(0, MOST).map(textOfRow));
  if (what === 'all') await scrollThrough(list, (part) => { part.forEach((row) => labels.add(textOfRow(row))); return labels.size >= MOST; });
  // The labels are one text, since the driver takes a minute for ten thousand.
  const on = many ? rows.filter((row) => ['aria-checked', 'aria-selected'].some((name) => row.getAttribute(name) === 'true')).map(textOfRow) : [];
  const blank = !rows.length && !FOUND_NONE.test(list.innerText || '');
  return { labels: JSON.stringify([...labels]), complete: what === 'all' || !(isPart(rows) || foldedIn(list).length), many, on, blank, dialog: list.matches(DIALOG) };
}

return main();
