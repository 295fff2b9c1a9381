// The question that a control asks: what the page ties to it, else what stands nearest.

// Sentences that say how to answer: as a part of a name that is put together of several they are no part of the question.
const HOW_TO_ANSWER = /^((required( to answer)?|(single|multiple) choice|(single|multi)[- ]line text|date|number|rating|ranking|likert|file upload|net promoter score)\.\s*)+$/i;

// What a file may be like: no document is named by it.
const FILE_LIMITS = /^(?!.*(\?|\b(resume|résumé|cv|cover|letter)\b))\W*((max(imum|\.)?|allowed|accepted|supported|only)\b.*\b(files?|formats?|extensions?|[mk]b|pdf|docx?)\b|(pdf|docx?|rtf|txt)\b.*\b([mk]b|only|formats?|files?)\b)/i;

// A name that says what one does with a control, whatever it asks.
const OF_ANY = /^\W*((please )?(search|select|choose|pick)( (an?|your|from) )?( ?(options?|answers?|one|values?|list))?|(your )?(response|answer)|(enter|type)( (your|an?))? (answer|response|text|value)( here)?|date input)\W*$/i;
const ownName = (node) => { const name = node.getAttribute('aria-label') || ''; return OF_ANY.test(name) ? '' : name; };

// What names an element by reference.
function namesOf(node) {
  const names = listOf(node, 'aria-labelledby');
  const asking = names.filter((one) => !HOW_TO_ANSWER.test(shown(one)));
  return asking.length ? asking : names;
}

function groupLabel(group) {
  const legend = group.querySelector?.(':scope > legend, :scope > div > legend');
  const named = namesOf(group).map(shown).join(' ');
  return (legend && words(legend)) || named || ownName(group) || titleOf(group);
}

// A fieldset whose first words are no legend: a label for none of its controls, a heading.
function titleOf(group) {
  const first = group.firstElementChild;
  if (group.tagName !== 'FIELDSET' || !first || first.querySelector(CONTROLS) || !first.matches('label, p, div, span, h2, h3, h4, h5, h6, strong')) return '';
  return first.matches('label[for]') && byId(group, first.htmlFor) ? '' : words(first);
}

function cellLabel(node) {
  const cell = closest(node, 'td, th');
  const row = cell?.parentElement;
  if (!row || row.tagName !== 'TR') return '';
  for (let one = cell.previousElementSibling; one; one = one.previousElementSibling) {
    if (!one.querySelector(CONTROLS) && words(one)) return words(one);
  }
  return headOf(node);
}

// The head of the column that a control stands in.
function headOf(node) {
  const cell = closest(node, 'td, th');
  const head = cell && closest(cell, 'table')?.rows[0]?.cells[cell.cellIndex];
  return head && head !== cell && (head.matches('th') || closest(head, 'thead')) ? words(head) : '';
}

// A row that only names what its answers, at the heads of the columns, are about: what is asked stands before the table.
const LONGEST_NAME = 40; // letters; what is longer asks by itself
const askedAbove = kept((table) => precedingText(table, controlsIn(table)));

function rowLabel(nodes, name) {
  const row = closest(nodes[0], 'tr');
  const isName = row && nodes.length > 1 && name.length < LONGEST_NAME && !/\?/.test(name) && headOf(nodes[0]) && nodes.every((one) => row.contains(one));
  const asked = isName ? askedAbove(closest(row, 'table')) : '';
  return asked && !name.includes(asked) ? `${asked} ${name}` : name;
}

// The nearest words before a control, as long as no other question stands between.
function precedingText(node, own = [node]) {
  const isAnothers = (control) => !own.includes(control) && control.type !== 'hidden' && !isTool(control);
  for (const step of [node, ...ancestors(node, 5)]) {
    if (step.matches('form, body, main') || (step.matches('table') && controlsIn(step).some((one) => isAnothers(one) && reachable(one)))) return '';
    const heard = [];
    let isOnLineBefore = false;
    for (let one = step.previousSibling; one; one = one.previousSibling) {
      if (one.nodeType === Node.ELEMENT_NODE) {
        if (!one.checkVisibility({ visibilityProperty: true })) continue; // what a script has put another control in the place of
        if (one.matches('label') && own.includes(one.control)) continue; // it says what the control is for an answer
        const controls = one.matches(CONTROLS) ? [one] : [...one.querySelectorAll(CONTROLS)];
        if (controls.some(isAnothers)) {
          if (isOnLineBefore && one.matches('[type=checkbox], [type=radio]') && !labelsOf(one).length) heard.length = 0; // they say what it is for
          break;
        }
        if (one.tagName === 'BR') { if (squeeze(heard.join(''))) break; isOnLineBefore = true; continue; }
      }
      const text = titleIn(one) || squeeze(textOf(one));
      if (HOW_TO_ANSWER.test(text) || FILE_LIMITS.test(text)) continue;
      if (text) heard.unshift(`${text} `);
      if (text && one.nodeType === Node.ELEMENT_NODE) break;
    }
    if (squeeze(heard.join(''))) return squeeze(heard.join('')).slice(0, 2000);
    const siblings = controlsIn(parentOf(step)).filter((one) => isAnothers(one) && reachable(one));
    if (siblings.some((one) => one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) return '';
  }
  return '';
}

// The label of no control in what stands before one: beside it stands what explains it.
function titleIn(node) {
  const labels = node.nodeType === Node.ELEMENT_NODE ? [...node.querySelectorAll('label, legend')] : [];
  return labels.length === 1 && !labels[0].control && seen(labels[0]) ? words(labels[0]) : '';
}

// A label that is no control's own, in the nearest box around these alone: it may be tied to the box, or to nothing that is there.
function loneLabelOf(own) {
  for (const box of ancestors(own[0], 8)) {
    if (box.matches('form, body, main') || controlsIn(box).some((one) => !own.includes(one) && one.type !== 'hidden' && reachable(one))) return null;
    const label = [...box.querySelectorAll('label')].find((one) => !one.control && !own.some((node) => one.contains(node)) && seen(one) && words(one));
    if (label) return label;
  }
  return null;
}

// What stands below or beside a control that is alone in its box.
function followingText(node, selector) {
  for (const step of [node, ...ancestors(node, 1)]) {
    const box = parentOf(step);
    if (!box || box.matches('form, body, main, table, tr, fieldset')) return '';
    if (controlsIn(box).some((one) => one !== node && one.type !== 'hidden' && reachable(one))) return '';
    for (let one = step.nextElementSibling; one; one = one.nextElementSibling) {
      if (one.matches(selector) && !one.querySelector(CONTROLS) && seen(one) && words(one)) return words(one).slice(0, 200);
    }
  }
  return '';
}

// The controls and the words in a box, one after another. Found once for each box: a form may have hundreds of questions.
const turnsIn = kept((box) => {
  const turns = [];
  for (const one of box.childNodes) {
    if (one.nodeType === Node.ELEMENT_NODE && (one.matches('legend, h1, h2, h3, h4, h5, h6, button') || !one.checkVisibility())) continue;
    const hasControl = one.nodeType === Node.ELEMENT_NODE && [one, ...controlsIn(one)].some((each) => each.matches(CONTROLS) && each.type !== 'hidden');
    const text = hasControl ? '' : squeeze(textOf(one));
    if (hasControl) turns.push(one);
    else if (text && typeof turns.at(-1) === 'string') turns.push(`${turns.pop()} ${text}`);
    else if (text) turns.push(text);
  }
  return turns;
});

// The words after a control in a box where controls and words take turns, from a control to words at the end.
function alternatingText(node) {
  for (const step of [node, ...ancestors(node, 2)]) {
    const box = parentOf(step);
    if (!box || box.matches('body, main, tr, table') || controlsIn(step).some((one) => one !== node && one.type !== 'hidden')) return '';
    const turns = turnsIn(box);
    if (turns.length > 3 && turns.length % 2 === 0 && turns.every((one, number) => (typeof one === 'string') === (number % 2 === 1))) return turns[turns.indexOf(step) + 1];
  }
  return '';
}

const spelledOut = (name) => squeeze(name.replace(/^.*[[.]([^\].]+)\]?$/, '$1').replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\-.[\]]+/g, ' '));

const ONLY_TELLS_TO_CHOOSE = /^\W*$|^\W*(please )?(select|choose|pick)\b.{0,40}$/i; // what stands where the choice will stand

// The label, and whether the page itself ties it to the control: {label, labelled}.
// What names it by attribute may be what it holds: that is no label.
function labelOf(node, held = '') {
  const lettersOf = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');
  const named = namesOf(node).filter((one) => !node.contains(one)).map((one) => (isStarOfOthers(node, one) ? words(one).replace(/[*✱∗]/g, '') : words(one)))
    .filter((text) => !held || lettersOf(text) !== lettersOf(held)).join(' ').trim();
  const labelled = [node, ...withinOrBehind(node)].flatMap(labelsOf).map(words).map((text) => (held && text !== held && text.endsWith(held) ? text.slice(0, -held.length) : text)).find(Boolean);
  const own = ownName(node);
  const isSeen = named && labelled ? listOf(node, 'aria-labelledby').some(seen) : true;
  const tied = [labelled && own && labelled.startsWith(own) ? labelled : '', isSeen && !(labelled && ONLY_TELLS_TO_CHOOSE.test(named)) && named, labelled, named, own].find(Boolean);
  return tied ? { label: squeeze(tied), labelled: true } : { label: nearLabel(node), labelled: false, says: node.getAttribute('aria-label') };
}

// The control that a label may be tied to in the place of one: the input in a combobox, the text area that an editor is drawn for.
function withinOrBehind(node) {
  if (node.matches(':not(input)[role=combobox]')) return [...node.querySelectorAll('input')].filter((one) => one.type !== 'hidden').slice(0, 1);
  const areas = node.isContentEditable ? [...ancestors(node, 6)].map((one) => [...one.querySelectorAll('textarea')]).find((found) => found.length) || [] : [];
  return areas.length === 1 && !seen(areas[0]) ? areas : [];
}

// What an element of a library's own around a control alone has as its label, for the library to draw.
const A_SWITCH = /^(true|false|auto|always|never|\W*)$/i;

function libraryLabel(node) {
  const own = [...ancestors(node, 4)].filter((one) => one.localName.includes('-') && (one.shadowRoot || controlsIn(one).every((other) => other === node)));
  return own.flatMap((one) => [...one.attributes]).find(({ name, value }) => /(^|[^a]-)label$/.test(name) && !A_SWITCH.test(value) && !OF_ANY.test(value))?.value;
}

const TELLS_TO_CHOOSE = /^\W*$|select|choose|pick|wähl|auswahl|sélection|choisi|seleccion|eli[jg]|kies|keuze|selecion|selezion|scegli|\b(none|keine?|no|not)\b/i;

// The name of a list that only the option says that stands for nothing chosen.
function nameInList(node) {
  const first = node.matches('select') ? node.options[0] : null;
  return first && first.value === '' && (first.disabled || first.selected) && !TELLS_TO_CHOOSE.test(first.text) ? first.text : '';
}

// What stands near a control that no label is tied to: the first that says something.
function nearLabel(node) {
  const group = closest(node, GROUP);
  const own = [node, isCombo(node) && twinOf(node)].filter(Boolean);
  const isAlone = () => group && ![...group.querySelectorAll(CONTROLS)].some((one) => one !== node && one.type !== 'hidden' && reachable(one));
  const looks = [() => libraryLabel(node), () => cellLabel(node), () => (isAlone() ? groupLabel(group) : ''), () => followingText(node, 'label:not([for])'),
    () => alternatingText(node), () => precedingText(node, own), () => [loneLabelOf([node])].filter(Boolean).map(words)[0], () => node.placeholder, () => node.getAttribute('aria-placeholder'), () => node.dataset?.placeholder, () => node.title,
    () => node.dataset?.label, () => followingText(node, 'span, div, p, strong, b'), () => nameInList(node), () => spelledOut(node.name || node.id || '')];
  for (const look of looks) {
    const text = squeeze(look() || '');
    if (text) return text;
  }
  return '';
}
