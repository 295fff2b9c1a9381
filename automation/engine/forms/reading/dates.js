// Days: in parts of their own, or by what opens a calendar.

const PARTS = [['month', /\b(month|mm|monat|mois|mes|maand)\b/i], ['day', /\b(day|dd|tag|tt|jour|jj|d[ií]a|dag)\b/i], ['year', /\b(year|yyyy|jahr|jjjj|année|aaaa|año|jaar)(?![a-z])/i]];
const ONLY_A_PART = /^\W*(month|mm|monat|mois|mes|maand|day|dd|tag|tt|jour|jj|d[ií]a|dag|year|yyyy|jahr|jjjj|année|aaaa|año|jaar)\W*$/i;

// Which part of a date a control takes.
function partOf(node) {
  const said = [node.getAttribute('aria-label'), node.placeholder, node.getAttribute('aria-placeholder'), node.matches('select') && node.options[0]?.text,
    spelledOut(node.dataset.automationId || node.id || node.name || ''), ...[...labelsOf(node), ...listOf(node, 'aria-labelledby')].map(words)].filter(Boolean);
  const named = said.map((text) => PARTS.filter(([, words]) => words.test(text))).find((found) => found.length === 1);
  return named?.[0][0];
}

// Three lists or boxes side by side, one each for day, month and year. What draws a list of its own puts boxes around it.
function dateTripleOf(node, controls) {
  if (!(isCombo(node) || node.matches('select, input:not([type]), input:is([type=text], [type=number], [type=tel])')) || !partOf(node)) return [];
  for (const home of ancestors(node, isCombo(node) ? 6 : 3)) {
    if (home.matches('form, body, main')) return [];
    const inside = controls.filter((one) => home.contains(one));
    if (inside.length > 2) return inside.length === 3 && new Set(inside.map(partOf)).size === 3 && inside.every(partOf) ? inside : [];
  }
  return [];
}

// A date that is typed in parts, each a number of its own: the parts of node's date, in their order; none if it is no such date.
function datePartsOf(node, controls) {
  if (!node.matches('[role=spinbutton]') || !partOf(node)) return [];
  const home = [...ancestors(node, 6)].find((one) => one.querySelectorAll('[role=spinbutton]').length > 1);
  const parts = controls.filter((one) => home?.contains(one) && one.matches('[role=spinbutton]') && partOf(one));
  return parts.length > 1 && parts.length < 4 ? parts : [];
}

function dateField(parts) {
  let home = parentOf(parts[0]);
  while (!parts.every((one) => home.contains(one))) home = parentOf(home);
  const group = [home, ...ancestors(home, 3)].find((one) => one.matches(GROUP)) || home;
  const before = parts[0].matches('[role=spinbutton]') ? '' : precedingText(parts[0], parts);
  const label = listOf(group, 'aria-labelledby').map(words).join(' ').trim() || groupLabel(group) || (!ONLY_A_PART.test(before) && before)
    || precedingText(home, parts) || labelOf(parts[0]).label;
  const held = parts.map((one) => isCombo(one) ? heldBy(one) : one.matches('select') ? one.value && one.selectedIndex > 0 && one.selectedOptions[0].text
    : (one.getAttribute('aria-valuetext') || one.value || shown(one)).replace(/[^\d]/g, ''));
  return base(parts[0], {
    own: parts, group, kind: 'date', widget: 'date_parts', label, value: held.every(Boolean) ? held.join('/') : '',
    options: parts.map((one) => ({ label: partOf(one), value: isCombo(one) ? 'combobox' : '', element: one })),
  });
}

// A text field that opens a calendar is no list, whatever its role.
const DAYS = /\b(date|calendar|days?\b|daypicker)/i;
const DAY_PATTERN = /^[dm]{1,2}[/.-][dm]{1,2}[/.-]y{2,4}$/i;

function isOfDays(node) {
  if (!node.matches('input:is([aria-haspopup=dialog], [aria-haspopup=grid])')) return false;
  return DAY_PATTERN.test(node.placeholder) || [node, ...ancestors(node, 3)].some((one) => DAYS.test(spelledOut(`${one.getAttribute('class') || ''} ${one.placeholder || ''}`)));
}

// A button that opens a calendar: what is asked is a day.
const OPENS = /^(open|show|toggle)\b.*\b(calendar|picker)$/i;

function opensDays(node) {
  if (!node.matches('button[aria-haspopup=dialog], [role=button][aria-haspopup=dialog]')) return false;
  const shows = labelsOf(node).length ? spelledOut(`${node.getAttribute('class') || ''} ${shown(node)}`) : ''; // a question with a label of its own
  if (!DAYS.test(labelOf(node).label) && !DAYS.test(shows)) return false;
  if (OPENS.test(labelOf(node).label)) return false; // for the control beside it
  return ![...ancestors(node, 2)].some((one) => !one.matches('form') && controlsIn(one).length);
}
