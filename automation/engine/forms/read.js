// Reads the application form of this document in one call: every question that a person can see and answer.
// Open shadow roots are looked into. Returns {fields, submits, nexts, score}. Nothing is changed. Runs after look.js.

const CONTROLS = 'input, select, textarea, [role=combobox], [role=radio], [role=checkbox], [role=switch], [role=listbox], [role=spinbutton], [role=slider], '
  + '[contenteditable]:not([contenteditable=false]), [aria-haspopup=listbox], button[aria-pressed]';
// The controls in an element, from a list that is made once: to look through all of a form for each of its fields takes long.
let everyControl;
const controlsIn = (box) => (everyControl ??= all(document, CONTROLS)).filter((one) => one !== box && box && isIn(box, one));
const kept = (find, found = new Map()) => (box) => found.get(box) ?? found.set(box, find(box)).get(box); // found once in a run
const COMBO = '[role=combobox], [aria-haspopup=listbox]:not(input:not([readonly]), [role=option]), [role=listbox][aria-expanded]';
const MENU = 'button:is([aria-haspopup=true], [aria-haspopup=menu])'; // opens the options of a question if it has a label
const TOOLS = '[class*=toolbar i], [role=toolbar], [role=menubar], [role=tablist], [role=search]'; // controls in these work on something else
const DOCUMENT = '(resume|résumé|cv|curr[ií]culum|cover|letter|portfolio|transcript|certificates?|lebenslauf|anschreiben|zeugnis(se)?|lettre|hoja de vida|carta|motivatiebrief)';
const UPLOAD_WORDS = new RegExp(`^((attach|upload|browse|choose|select|drop|drag|add|durchsuchen|parcourir|subir|bladeren)\\b|(datei|ziehe|hochladen|choisi|joindre|télécharge|dépose|glisse|selecciona|elegir|elija|adjunta|arrastra|bestand|kies))(?!.*\\b${DOCUMENT}\\b)|^(file )?upload(er)?( (a )?file)?s?$|^(no )?files?( chosen)?$`, 'i');
const UPLOADS = /\b(attach|upload|browse|choose|drop|drag|resume|résumé|cv|file|hochladen|datei|lebenslauf|fichier|joindre|archivo|adjuntar|bestand|bestanden)\b/i;
const GROUP = 'fieldset, [role=group], [role=radiogroup], [role=list]:is([aria-label], [aria-labelledby])';
const PERSONAL = /mail|phone|name|resume|cv|linkedin|address|city|cover/i;

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

function isOnPage(node) {
  const { width, height } = node.getBoundingClientRect();
  return width >= LEAST && height >= LEAST && node.checkVisibility({ visibilityProperty: true });
}

// A native list that is put away, with what is drawn in its place around it or right behind it; it is what is sent.
function isDrawnAnew(list) {
  if (!list.matches('select[name]') || list.disabled || list.closest('[aria-hidden=true]')) return false;
  return [list.nextElementSibling, parentOf(list)].some((one) => {
    const { width, height } = one?.getBoundingClientRect() || {};
    return width >= 40 && height >= 16 && height < 100 && seen(one) && !one.matches('form, fieldset, p, td, label') && !controlsIn(one).some((other) => other !== list && !/chosen|search/i.test(other.className));
  });
}

// A file or choice input may be hidden behind what a person clicks in its place.
function reachable(node) {
  if (/captcha/i.test(`${node.name || ''} ${node.id || ''} ${node.placeholder || ''}`)) return false; // never ours to fill
  if (node.disabled || node.closest?.('[inert]')) return false;
  if (node.webkitdirectory) return false; // asks for a folder
  if (node.getAttribute('aria-hidden') === 'true' && node.type !== 'file') return false;
  if (seen(node)) return true;
  if (node.matches(`${COMBO}, [role=spinbutton], input[type=range]`)) return isSeenAround(node);
  if (node.type === 'radio' || node.type === 'checkbox') return labelsOf(node).some(seen);
  if (node.matches('select')) return isDrawnAnew(node);
  if (node.type !== 'file') return isUnderItsLabel(node);
  if (labelsOf(node).some(seen)) return true;
  if ([...ancestors(node, 4)].some((one) => !one.checkVisibility() && controlsIn(one).some((other) => other.type !== 'file' && other.type !== 'hidden'))) return false; // a part that is put away
  const home = [...ancestors(node, 4)].find((one) => seen(one) && (one.childElementCount > 1 || one.textContent.trim())); // the nearest box that shows anything has to speak of a file
  if (!home || home.matches('body, html, main')) return false;
  return allDrawn(home, '*').filter((one) => one.localName.includes('-') || one.matches('button, label, a, [role=button], div, span, p, strong, legend'))
    .some((one) => one.textContent.length < 200 && UPLOADS.test(one.textContent) && seen(one));
}

function groupLabel(group) {
  const legend = group.querySelector?.(':scope > legend, :scope > div > legend');
  const named = listOf(group, 'aria-labelledby').map(shown).join(' ');
  return (legend && words(legend)) || named || group.getAttribute('aria-label') || titleOf(group);
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

// The nearest words before a control, as long as no other question stands between.
function precedingText(node, own = [node]) {
  const isAnothers = (control) => !own.includes(control) && control.type !== 'hidden' && !isTool(control);
  for (const step of [node, ...ancestors(node, 5)]) {
    if (step.matches('form, body, main') || (step.matches('table') && controlsIn(step).some((one) => isAnothers(one) && reachable(one)))) return '';
    const heard = [];
    for (let one = step.previousSibling; one; one = one.previousSibling) {
      if (one.nodeType === Node.ELEMENT_NODE) {
        if (!one.checkVisibility({ visibilityProperty: true })) continue; // what a script has put another control in the place of
        if (one.matches('label') && own.includes(one.control)) continue; // it says what the control is for an answer
        const controls = one.matches(CONTROLS) ? [one] : [...one.querySelectorAll(CONTROLS)];
        if (controls.some(isAnothers)) break;
        if (one.tagName === 'BR') { if (squeeze(heard.join(''))) break; continue; }
      }
      const text = squeeze(textOf(one));
      if (text) heard.unshift(`${text} `);
      if (text && one.nodeType === Node.ELEMENT_NODE) break;
    }
    if (squeeze(heard.join(''))) return squeeze(heard.join('')).slice(0, 2000);
    const siblings = controlsIn(parentOf(step)).filter((one) => isAnothers(one) && reachable(one));
    if (siblings.some((one) => one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) return '';
  }
  return '';
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

// The label, and whether the page itself ties it to the control: {label, labelled}.
// What names it by attribute may be what it holds: that is no label.
function labelOf(node, held = '') {
  const lettersOf = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');
  const named = listOf(node, 'aria-labelledby').filter((one) => !node.contains(one)).map(words)
    .filter((text) => !held || lettersOf(text) !== lettersOf(held)).join(' ').trim();
  const labelled = [node, ...withinOrBehind(node)].flatMap(labelsOf).map(words).map((text) => (held && text !== held && text.endsWith(held) ? text.slice(0, -held.length) : text)).find(Boolean);
  const own = node.getAttribute('aria-label');
  const isSeen = named && labelled ? listOf(node, 'aria-labelledby').some(seen) : true;
  const tied = [labelled && own && labelled.startsWith(own) ? labelled : '', isSeen && named, labelled, named, own].find(Boolean);
  return tied ? { label: squeeze(tied), labelled: true } : { label: nearLabel(node), labelled: false };
}

// The control that a label may be tied to in the place of one: the input in a combobox, the text area that an editor is drawn for.
function withinOrBehind(node) {
  if (node.matches(':not(input)[role=combobox]')) return [...node.querySelectorAll('input')].filter((one) => one.type !== 'hidden').slice(0, 1);
  const areas = node.isContentEditable ? [...ancestors(node, 6)].map((one) => [...one.querySelectorAll('textarea')]).find((found) => found.length) || [] : [];
  return areas.length === 1 && !seen(areas[0]) ? areas : [];
}

// What stands near a control that no label is tied to: the first that says something.
function nearLabel(node) {
  const host = [...ancestors(node, 4)].find((one) => one.shadowRoot && one.getAttribute('label'));
  const group = closest(node, GROUP);
  const isAlone = () => group && ![...group.querySelectorAll(CONTROLS)].some((one) => one !== node && one.type !== 'hidden' && reachable(one));
  const looks = [() => host?.getAttribute('label'), () => cellLabel(node), () => (isAlone() ? groupLabel(group) : ''), () => followingText(node, 'label:not([for])'),
    () => alternatingText(node), () => precedingText(node), () => node.placeholder, () => node.getAttribute('aria-placeholder'), () => node.dataset?.placeholder, () => node.title,
    () => node.dataset?.label, () => followingText(node, 'span, div, p, strong, b'), () => spelledOut(node.name || node.id || '')];
  for (const look of looks) {
    const text = squeeze(look() || '');
    if (text) return text;
  }
  return '';
}

// A label of no control's own, in the nearest box around a file: what stands beside it is a link or a text to drop it on.
function loneLabel(node) {
  for (const box of ancestors(node, 5)) {
    if (box.matches('form, body, main') || controlsIn(box).some((one) => one.type !== 'file' && one.type !== 'hidden' && reachable(one))) return '';
    const label = [...box.children].find((one) => one.matches('label') && !one.contains(node) && !(one.htmlFor && byId(one, one.htmlFor)) && seen(one));
    if (label) return words(label);
  }
  return '';
}

function fileLabel(node) {
  const group = closest(parentOf(node), GROUP);
  const texts = [listOf(node, 'aria-labelledby').map(words).join(' '), ...labelsOf(node).map(words), node.getAttribute('aria-label'),
    loneLabel(node), group && groupLabel(group), cellLabel(node), controlsIn(parentOf(node)).every((one) => one === node) && headingBefore(node), ...[...ancestors(node, 4)].map((one) => precedingText(one)), precedingText(node), spelledOut(node.name || node.id || '')];
  const held = [...node.files || []].map((one) => one.name); // shown beside it, and no label
  return squeeze(texts.find((text) => text && !UPLOAD_WORDS.test(squeeze(text)) && !held.includes(squeeze(text))) || texts.find(Boolean) || '');
}

const HEADING = 'h2, h3, h4, h5, h6, [role=heading]';
const MOST_SECTIONS = 3;
const PROSE = 400; // letters: what is longer is an ad's own text
const headings = new WeakMap(); // the words of the heading that stands nearest before an element, among its siblings

function headingBefore(node) {
  const passed = [];
  let found = '';
  for (let one = node.previousElementSibling; one && !found; one = one.previousElementSibling) {
    if (headings.has(one)) { found = headings.get(one); break; }
    const heading = one.matches(HEADING) ? one : one.querySelector(CONTROLS) ? null : one.querySelector(HEADING);
    passed.push(one);
    if (!heading && one.textContent.length > PROSE && !one.querySelector(CONTROLS)) break; // what it heads is the prose
    found = heading && one.textContent.length < PROSE ? words(heading) || shown(heading) : '';
    if (heading) break;
  }
  passed.forEach((one) => headings.set(one, found));
  return found;
}

// The headings above a control, the nearest first: {section, sections}.
function sectionsOf(node) {
  const found = [];
  for (const one of [node, ...ancestors(node)]) {
    if (found.length === MOST_SECTIONS || one.matches('form, main, body')) break;
    const named = one === node ? '' : one.matches('fieldset, [role=group], [role=region], section[aria-label], section[aria-labelledby]') ? groupLabel(one) : '';
    [named, headingBefore(one)].forEach((text) => text && !found.includes(text) && found.push(text));
  }
  return { section: found[0] || '', sections: found };
}

// What explains the field: what the page ties to it, or small print below it.
function hintOf(node) {
  const tied = listOf(node, 'aria-describedby').filter((one) => !/error|invalid/i.test(`${one.id} ${one.className}`)).map(words).join(' ');
  return squeeze(tied || followingText(node, 'small, .small, i, [class*=help i], [class*=hint i], [class*=description i]')).slice(0, 300);
}

function errorOf(node, own) {
  const pointed = [...listOf(node, 'aria-errormessage'), ...listOf(node, 'aria-describedby').filter((one) => /error|invalid/i.test(`${one.id} ${one.className}`))].filter(seen).map(shown).find(Boolean);
  if (pointed) return pointed;
  for (const one of ancestors(node, 3)) {
    if (controlsIn(one).some((control) => !own.includes(control) && control.type !== 'hidden')) break;
    const text = [...one.querySelectorAll('[role=alert], .error, .field-error, .error-message, .invalid-feedback, .help-block.error, .helper-text--error')].filter(seen).map(shown).find(Boolean);
    if (text) return text;
  }
  return node.getAttribute('aria-invalid') === 'true' ? 'This field is not accepted' : '';
}

// ---------------------------------------------------------------- fields

const MARKED_CLASS = /(^|[\s_])(is-|field-|form-|label-)?(required(-(star|mark|indicator|asterisk|field|label))?|asterisk|mandatory)($|[\s_])/i;
const MARK = /(^|[^\s*])\s?[*✱∗](?=$|\s|:)(?!\s*(=|indicates|denotes|means|required|mandatory))|\((required|mandatory|pflichtfeld|erforderlich|obligatoire|requis|obligatorio|verplicht)\)/i;

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
  if (SAYS_REQUIRED.test(squeeze(one.textContent))) return true;
  if (one.matches('img') && SAYS_REQUIRED.test(squeeze(one.alt || one.title))) return true;
  return ['::before', '::after'].some((side) => /^"[\s(]*[*✱∗]/.test(getComputedStyle(one, side).content));
}

// A form may say that it requires all that it does not call optional.
const UNLESS_OPTIONAL = /\b(all|every) (of the )?(fields?|questions?)\b[^.]{0,30}\b(required|mandatory)\b[^.]{0,20}\b(unless|except)\b[^.]{0,30}\boptional/i;
const OPTIONAL = /\b(optional|voluntary)\b/i;
let requiresAll;

function isRequired(own, group, label) {
  requiresAll ??= UNLESS_OPTIONAL.test(document.body.innerText);
  if (requiresAll && label && !OPTIONAL.test(label) && !own[0].matches('[type=checkbox], [role=checkbox], [role=switch], [role=slider]')) return true;
  if ([group, ...own].some((one) => one && (one.required || one.getAttribute('aria-required') === 'true' || one.getRootNode().host?.hasAttribute('required')))) return true;
  const box = boxOf(own, group);
  const asked = box?.previousElementSibling; // the question may stand in a box of its own
  const labels = own.length > 1 ? [] : labelsOf(own[0]).flatMap((one) => [one, one.parentElement?.querySelector(CONTROLS) ? null : one.parentElement]);
  const boxes = [box, asked && label && words(asked) === label && !asked.querySelector(CONTROLS) && asked, ...labels, group?.querySelector(':scope > legend')].filter(Boolean);
  return boxes.some((box) => MARK.test(words(box)) || [box, ...box.querySelectorAll(':not(option, [role=option])')].some((one) => one.checkVisibility() && !one.matches('[role=alert], .error') && isMarked(one)));
}

const KINDS = { email: 'email', tel: 'phone', url: 'url', number: 'number', date: 'date', file: 'file', range: 'number' };

function base(node, more) {
  const own = more.own || [node];
  return {
    key: [node.tagName, node.type || '', node.name || '', node.id || '', more.labelled === false && (node.name || node.id) ? '' : more.label].join('|'),
    label: more.label, labelled: more.labelled !== false, kind: more.kind, widget: more.widget, element: node, options: more.options || [], value: more.value || '',
    required: isRequired(own, more.group, more.label), ...sectionsOf(more.group || node),
    error: errorOf(more.group || node, own) || own.map((one) => errorOf(one, own)).find(Boolean) || '',
    type: node.type || '', autocomplete: node.getAttribute('autocomplete') || '', placeholder: node.placeholder || node.getAttribute('aria-placeholder') || '', title: node.title || '', hint: hintOf(node),
    readonly: Boolean(node.readOnly),
    accept: node.accept || '', multiple: Boolean(more.multiple), maxLength: node.maxLength > 0 ? node.maxLength : 0,
  };
}

const YES_OR_NO = /^(yes|no|on|off|[\s/|])+$/i;
// `nodes` are the choices of its question: what names them all is the question.
function choiceLabel(node, nodes = [node]) {
  const named = listOf(node, 'aria-labelledby').map(words).join(' ');
  if (named && nodes.length === 1 && YES_OR_NO.test(labelsOf(node).map(words).join(' '))) return named; // a switch that shows what it may say
  const isOfAll = (one) => nodes.length > 1 && nodes.every((each) => listOf(each, 'aria-labelledby').includes(one));
  return labelsOf(node).map(words).find(Boolean) || node.getAttribute('aria-label') || listOf(node, 'aria-labelledby').filter((one) => !isOfAll(one)).map(words).join(' ')
    || (node.matches('input') ? squeeze(textOf(node.nextSibling || document.createTextNode(''))) || words(parentOf(node)) || headOf(node) : shown(node)) || node.value || '';
}

const ON_CLASS = /(^|[\s_-])(active|selected|checked|is-on)($|[\s_])/i;
const isOn = (node) => node.checked === true || ['aria-checked', 'aria-pressed', 'aria-selected'].some((name) => node.getAttribute(name) === 'true')
  || (node.matches('button') && ON_CLASS.test(node.className));

function choices(nodes, widget, kind, group) {
  const label = (group && (questionIn(group, nodes) || groupLabel(group))) || cellLabel(nodes[0]) || precedingText(closest(nodes[0], 'label') || nodes[0], nodes) || commonText(nodes) || spelledOut(nodes[0].name || '');
  const answers = nodes.map((node) => choiceLabel(node, nodes));
  return base(nodes[0], {
    own: nodes, group, kind, widget, label, labelled: Boolean(group && groupLabel(group)),
    options: nodes.map((node, number) => ({ label: answers[number], value: node.value || '', element: node })),
    value: answers.filter((_, number) => isOn(nodes[number])).join(', '), multiple: kind === 'multi_choice',
  });
}

// The question that stands in a group, where the group's own name is only a title for it.
function questionIn(group, nodes) {
  const title = groupLabel(group);
  if (!title || /\?/.test(title)) return '';
  const asked = precedingText(closest(nodes[0], 'label') || nodes[0], nodes) || commonText(nodes);
  return /\?/.test(asked) && asked !== title && squeeze(group.textContent).includes(asked.slice(0, 40)) ? asked : '';
}

function commonText(nodes) {
  let shared = parentOf(nodes[0]);
  while (shared && !nodes.every((node) => shared.contains(node))) shared = parentOf(shared);
  return shared ? precedingText(shared, nodes) : '';
}

function selectField(node) {
  const rows = [...node.options].map((one, index) => !one.disabled && [squeeze(one.label || one.text), one.value, one.value === '' || index === 0]).filter(Boolean);
  const options = JSON.stringify(rows); // as one text: ten thousand objects take the driver a minute
  return base(node, {
    kind: node.multiple ? 'multi_choice' : 'single_choice', widget: 'select', ...labelOf(node), options, multiple: node.multiple,
    value: [...node.selectedOptions].filter((one) => one.value !== '').map((one) => squeeze(one.label)).join(', '),
  });
}

function comboField(node) {
  const twin = twinOf(node);
  const held = heldBy(node);
  const says = node.getAttribute('aria-multiselectable');
  const multiple = says ? says === 'true' : Boolean(twin?.multiple || closest(node, '.is-multi, [class*=--is-multi], [class*=-multiple], [class*=multiselect i], [class*=multi-select i]'));
  const named = twin && labelsOf(twin).map(words).find(Boolean);
  return base(node, {
    own: twin ? [node, twin] : [node], kind: multiple ? 'multi_choice' : 'single_choice', widget: 'combobox', ...(named ? { label: named, labelled: true } : labelOf(node, held)), value: held, multiple,
  });
}

const PARTS = [['month', /\b(month|mm|monat|mois|mes|maand)\b/i], ['day', /\b(day|dd|tag|tt|jour|jj|d[ií]a|dag)\b/i], ['year', /\b(year|yyyy|jahr|jjjj|année|aaaa|año|jaar)(?![a-z])/i]];
const ONLY_A_PART = /^\W*(month|mm|monat|mois|mes|maand|day|dd|tag|tt|jour|jj|d[ií]a|dag|year|yyyy|jahr|jjjj|année|aaaa|año|jaar)\W*$/i;
// Which part of a date a control takes.
function partOf(node) {
  const said = [node.getAttribute('aria-label'), node.placeholder, node.getAttribute('aria-placeholder'), node.matches('select') && node.options[0]?.text,
    spelledOut(node.dataset.automationId || node.id || node.name || ''), ...[...labelsOf(node), ...listOf(node, 'aria-labelledby')].map(words)].filter(Boolean);
  const named = said.map((text) => PARTS.filter(([, words]) => words.test(text))).find((found) => found.length === 1);
  return named?.[0][0];
}

// Three lists or boxes side by side, one each for day, month and year.
function dateTripleOf(node, controls) {
  if (!node.matches('select, input:not([type]), input:is([type=text], [type=number], [type=tel])') || !partOf(node)) return [];
  for (const home of ancestors(node, 3)) {
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
  const held = parts.map((one) => one.matches('select') ? one.value && one.selectedIndex > 0 && one.selectedOptions[0].text
    : (one.getAttribute('aria-valuetext') || one.value || shown(one)).replace(/[^\d]/g, ''));
  return base(parts[0], {
    own: parts, group, kind: 'date', widget: 'date_parts', label, value: held.every(Boolean) ? held.join('/') : '',
    options: parts.map((one) => ({ label: partOf(one), value: '', element: one })),
  });
}

// Controls for files that a library keeps at the end of the page, each with the box of the form that it works for.
const ZONE = ':is([class*=dropzone i], [class*=drop-zone i], [class*=upload i]):not(:has(input[type=file]))';

function zonesOf(root, inForm) {
  const kept = [...document.querySelectorAll('body > input[type=file]')].filter((one) => !one.disabled && !seen(one));
  if (!kept.length) return [];
  const boxes = all(root, ZONE).filter((one) => inForm(one) && !one.parentElement.closest(ZONE) && UPLOADS.test(one.textContent) && seen(one));
  const told = boxes.filter((box) => kept.includes(box.dropzone?.hiddenFileInput)).map((box) => ({ box, input: box.dropzone.hiddenFileInput }));
  return told.length || kept.length > 1 || boxes.length !== 1 ? told : [{ box: boxes[0], input: kept[0] }];
}

function zoneField({ box, input }) {
  return base(input, { own: [box], group: box, kind: 'file', widget: 'file', label: fileLabel(box), multiple: input.multiple });
}

const takesNumbers = (node) => node.matches('[role=spinbutton], [inputmode=numeric]:not([autocomplete^=tel], [autocomplete=postal-code]), [inputmode=decimal]');
// A box that takes one after another, each by the Enter key.
const takesSeveral = (node) => /\b(press|hit|type|use) (the )?(enter|return)\b/i.test([node.placeholder, ...listOf(node, 'aria-describedby').map(words)].join(' '));

function sliderField(node) {
  return base(node, { kind: 'number', widget: 'slider', ...labelOf(node), value: node.getAttribute('aria-valuenow') || '' });
}

function plainField(node) {
  const kind = node.matches('textarea') || node.isContentEditable ? 'longtext' : KINDS[node.type] || (isOfDays(node) ? 'date' : takesNumbers(node) ? 'number' : 'text');
  if (kind === 'file') return base(node, { kind, widget: 'file', label: fileLabel(node), value: [...node.files].map((file) => file.name).join(', '), multiple: node.multiple });
  if (kind === 'text' && takesSeveral(node)) return base(node, { kind: 'multi_choice', widget: 'tags', ...labelOf(node), multiple: true });
  return base(node, { kind, widget: 'input', ...labelOf(node), value: node.isContentEditable ? shown(node) : node.value || (/^search/i.test(node.placeholder) ? heldBy(node) : '') });
}

// ---------------------------------------------------------------- which controls belong together

const CONSENT = /\bagree|consent|privacy|acknowledg|\bcertify|\bterms\b|newsletter|subscribe|\bconfirm|policy|\bnotice\b/i;

function together(node, pool) {
  if (node.name && node.matches('input')) return pool.filter((one) => one.name === node.name && one.form === node.form);
  const group = closest(parentOf(node), GROUP);
  return group ? pool.filter((one) => isIn(group, one)) : pool.filter((one) => parentOf(parentOf(one)) === parentOf(parentOf(node)));
}

function checkboxGroup(node, pool) {
  const named = node.name ? pool.filter((one) => one.name === node.name && one.form === node.form) : [];
  if (named.length > 1) return named;
  const group = closest(parentOf(node), GROUP);
  if (!group || !groupLabel(group)) return [node];
  const members = pool.filter((one) => closest(parentOf(one), GROUP) === group);
  const others = [...group.querySelectorAll(CONTROLS)].some((one) => !members.includes(one) && one.type !== 'hidden');
  return others || members.some((one) => CONSENT.test(choiceLabel(one))) ? [node] : members;
}

function groupOf(nodes) {
  const group = closest(parentOf(nodes[0]), GROUP);
  return group && nodes.every((one) => isIn(group, one)) ? group : null;
}

const isCombo = (node) => (node.matches(COMBO) || (node.matches(MENU) && labelsOf(node).length > 0)) && !isOfDays(node);

// A text field that opens a calendar is no list, whatever its role.
const DAYS = /\b(date|calendar|days?\b|daypicker)/i;
const DAY_PATTERN = /^[dm]{1,2}[/.-][dm]{1,2}[/.-]y{2,4}$/i;
function isOfDays(node) {
  if (!node.matches('input:is([aria-haspopup=dialog], [aria-haspopup=grid])')) return false;
  return DAY_PATTERN.test(node.placeholder) || [node, ...ancestors(node, 3)].some((one) => DAYS.test(spelledOut(`${one.getAttribute('class') || ''} ${one.placeholder || ''}`)));
}

// Two or more buttons side by side are a question that say Yes and No, or that stand after words in a box made for a choice.
const OF_CHOICES = /(^|[\s_-])(toggles?|segment(s|ed)?|choices?|options?|pills?|(button|btn)-?group)([\s_-]|$)/i;
function isAnswer(button) {
  if (button.matches('[aria-pressed]')) return true;
  if (button.matches('[aria-haspopup], [type=submit]:not([type=button])') && button.getAttribute('type') === 'submit') return false;
  const box = parentOf(button);
  const said = [...box?.children || []].filter((one) => one.matches('button, [role=button]')).map((one) => shown(one).toLowerCase());
  if (said.includes('yes') && said.includes('no') && said.length < 5) return true;
  const isChoice = said.length > 1 && said.length < 8 && said.length === box.childElementCount && OF_CHOICES.test(box.className);
  return isChoice && said.every((text) => text && text.length < 40 && ![SUBMIT, NEXT, NEVER].some((one) => one.test(text))) && Boolean(precedingText(box, [...box.children]));
}

// A list that is always on show is a question; one that a combobox opens is not.
const isPopup = (list) => Boolean(list.id && document.querySelector(`[aria-controls~="${CSS.escape(list.id)}"], [aria-owns~="${CSS.escape(list.id)}"]`));

function listField(list, every) {
  const options = every.filter((one) => one.dataset.value !== ''); // which stands for nothing chosen
  const several = list.getAttribute('aria-multiselectable') === 'true';
  return base(list, {
    kind: several ? 'multi_choice' : 'single_choice', widget: several ? 'checkboxes' : 'radios', ...labelOf(list), multiple: several,
    options: options.map((node) => ({ label: shown(node), value: '', element: node })), value: options.filter(isOn).map(shown).join(', '),
  });
}

// The buttons in the box of one; each may be drawn in a shadow root of its own.
function besideEachOther(node, buttons) {
  const row = buttons.filter((one) => parentOf(one) === parentOf(node));
  const home = row.length > 1 || !node.getRootNode().host ? null : parentOf(node.getRootNode().host);
  return home ? buttons.filter((one) => one.getRootNode().host && parentOf(one.getRootNode().host) === home) : row;
}

// What works on another control: a tool of an editor, the button that opens the list of the combobox beside it, a country chosen for a phone number.
function isTool(node) {
  if (closest(node, `${TOOLS}, [role=tabpanel]`)?.matches(TOOLS) || [...ancestors(node, 6)].some((one) => /-toolbar$/i.test(one.tagName))) return true;
  if (node.matches(':not(input)[role=combobox]') && [...node.querySelectorAll('input[role=combobox]')].some(reachable)) return true; // the box around one
  if (!node.matches(COMBO) || node.matches('input')) return false;
  if (node.tabIndex < 0) return !node.querySelector('input, textarea') && !labelsOf(twinOf(node) || node).some(seen); // its text is typed into a control of its own
  if (labelsOf(node).length || node.getAttribute('aria-labelledby')) return false;
  const beside = [...ancestors(node, 3)].map((one) => [...one.querySelectorAll('input:not([type=hidden]), select, textarea')].filter((other) => !node.contains(other))).find((found) => found.length);
  return beside?.length === 1 && beside[0].type === 'tel';
}

// Frames: {element, label, required, after, inside: whether it is in the form}. What an editor's frame asks, the form says beside it.
const NOT_OURS = /captcha|challenges\.cloudflare|arkoselabs|funcaptcha|youtube|vimeo|google\.[a-z.]+\/maps|doubleclick|intercom|drift|stripe/i;

function framesOf(root, inForm, fields) {
  return all(document, 'iframe').filter((node) => seen(node) && !NOT_OURS.test(node.src))
    .filter((node) => { const { width, height } = node.getBoundingClientRect(); return width > 150 && height > 40; })
    .map((node) => {
      const hidden = [...ancestors(node, 6)].map((one) => [...one.querySelectorAll('textarea')]).find((found) => found.length) || [];
      const behind = hidden.length === 1 && !seen(hidden[0]) ? hidden[0] : null;
      const label = (behind && labelsOf(behind).map(words).find(Boolean)) || precedingText(node, [node, ...hidden]) || '';
      return {
        element: node, label, inside: inForm(node) && (root === document || [...ancestors(node)].includes(root)), required: MARK.test(label) || Boolean(behind?.required),
        after: fields.filter(({ element }) => element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).length,
      };
    });
}

// An element of a library's own that is a radio button, though nothing but its script says so.
const isOwnRadio = (node) => node.tagName.includes('-') && typeof node.checked === 'boolean' && node.matches('[role=radiogroup] [value]:not([role])')
  && ![node, node.shadowRoot].some((one) => one?.querySelector('input, [role]'));

// Of a native list that is put away and the box that a script draws for it, one is the field.
function isNoTwin(node, _, every) {
  const lists = every.filter((one) => one.matches('select') && !seen(one));
  if (!lists.length) return true;
  if (lists.includes(node)) return !every.some((one) => isCombo(one) && twinOf(one) === node);
  return !node.matches('input:not([role], [type=radio], [type=checkbox], [type=file])') || !lists.includes(twinOf(node));
}

// A button that opens a calendar: what is asked is a day.
const OPENS = /^(open|show|toggle)\b.*\b(calendar|picker)$/i;
function opensDays(node) {
  if (!node.matches('button[aria-haspopup=dialog], [role=button][aria-haspopup=dialog]') || !DAYS.test(labelOf(node).label)) return false;
  if (OPENS.test(labelOf(node).label)) return false; // for the control beside it
  return ![...ancestors(node, 2)].some((one) => !one.matches('form') && controlsIn(one).length);
}

function fieldsOf(root, inForm) {
  const controls = all(root, `${CONTROLS}, button, [role=button], [role=radiogroup] [value]`)
    .filter((node) => inForm(node) && (node.matches(CONTROLS) || isCombo(node) || isAnswer(node) || isOwnRadio(node) || opensDays(node)) && !isTool(node) && reachable(node))
    .filter(isNoTwin);
  if (shadowsIn(document).length) controls.sort((one, other) => (positionOf(one, other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  if (document.designMode === 'on') controls.push(document.body);
  const radios = controls.filter((node) => node.type === 'radio' || node.matches('[role=radio]') || isOwnRadio(node));
  const boxes = controls.filter((node) => node.type === 'checkbox' || (node.matches('[role=checkbox], [role=switch]') && ![...node.querySelectorAll('input')].some(reachable)));
  const toggles = controls.filter((node) => node.matches('button, [role=button]') && !isCombo(node) && !opensDays(node) && !node.matches('[role=switch], [role=radio], [role=checkbox]'));
  const done = new Set();
  const fields = [];
  const take = (nodes, field) => { nodes.forEach((node) => done.add(node)); fields.push(field); };
  for (const node of controls) {
    if (done.has(node)) continue;
    const parts = [datePartsOf(node, controls), dateTripleOf(node, controls)].find((found) => found.length);
    if (parts) take(parts, dateField(parts));
    else if (radios.includes(node)) {
      const nodes = together(node, radios);
      take(nodes, choices(nodes, 'radios', 'single_choice', groupOf(nodes)));
    } else if (boxes.includes(node)) {
      const nodes = checkboxGroup(node, boxes);
      const alone = nodes.length === 1 && !/\[\]/.test(node.name || '');
      if (alone) take(nodes, base(node, { kind: 'consent', widget: 'checkbox', label: choiceLabel(node), value: isOn(node) ? 'Yes' : '' }));
      else take(nodes, choices(nodes, 'checkboxes', 'multi_choice', groupOf(nodes)));
    } else if (toggles.includes(node)) {
      const nodes = besideEachOther(node, toggles);
      take(nodes, choices(nodes, 'buttons', 'single_choice', groupOf(nodes)));
    } else if (node.matches('select')) take([node], selectField(node));
    else if (isCombo(node)) take([node], comboField(node));
    else if (node.matches('[role=slider]')) take([node], sliderField(node));
    else if (opensDays(node)) take([node], base(node, { kind: 'date', widget: 'input', ...labelOf(node) }));
    else if (node.matches('[role=listbox]')) {
      const options = all(node, '[role=option]');
      if (options.length && !isPopup(node) && !closest(parentOf(node), COMBO)) take([node], listField(node, options));
    }
    else if (node.isContentEditable || node.matches('textarea, input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=search], [type=password])')) {
      if (!closest(parentOf(node), '[role=combobox]')) take([node], plainField(node));
    }
  }
  for (const zone of zonesOf(root, inForm)) {
    const after = fields.findIndex(({ element }) => zone.box.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    fields.splice(after < 0 ? fields.length : after, 0, zoneField(zone));
  }
  return fields;
}

// ---------------------------------------------------------------- which form

function isDecoy(form) {
  if (form.matches('[role=search]') || closest(form, '[role=search]')) return true;
  const inputs = all(form, 'input, select, textarea').filter((node) => !['hidden', 'submit', 'button', 'image', 'reset'].includes(node.type));
  if (inputs.some((node) => node.type === 'file')) return false;
  const about = `${form.id} ${form.className} ${form.getAttribute('action') || ''} ${form.getAttribute('aria-label') || ''}`;
  if (!inputs.length) return false; // the last step of some forms has a button only
  return inputs.length < 2 || inputs.every((node) => node.type === 'search') || /newsletter|subscri|search|log-?in|sign-?in|job-?alert|contact-?(us|form)|feedback|comment|enquiry/i.test(about);
}

function scoreOf(root, inForm) {
  return all(root, 'input, select, textarea, [role=combobox], [role=radio]').filter((node) => inForm(node) && reachable(node))
    .reduce((sum, node) => sum + (node.type === 'file' ? 5 : PERSONAL.test(`${node.name} ${node.id} ${node.type} ${node.autocomplete || ''}`) ? 2 : node.matches('[type=search]') ? 0 : 1), 0);
}

const forms = all(document, 'form, [role=form]');
const decoys = forms.filter(isDecoy);
const inside = (form) => (node) => closest(node, 'form, [role=form]') === form || (form.contains(node) && !decoys.some((one) => one.contains(node)));
const outside = (node) => !decoys.some((one) => closest(node, 'form, [role=form]') === one);
const rivals = forms.filter((form) => !decoys.includes(form)).map((form) => ({ root: form, test: inside(form), score: scoreOf(form, inside(form)) })).sort((a, b) => b.score - a.score);
const loose = { root: document, test: outside, score: scoreOf(document, outside) };
const chosen = rivals[0] && rivals[0].score * 2 >= loose.score ? rivals[0] : loose;

// ---------------------------------------------------------------- buttons

const SUBMIT = /^(submit|send|apply|complete|finish)( (my|your|the|this|now))*( ?(application|form|now|here|for this (job|position|role)))*( ?[→»>!])*$|^((ihre |deine |meine )?bewerbung )?(jetzt )?(absenden|abschicken|einreichen)$|^jetzt bewerben$|^(envoyer|soumettre)( (ma|votre|la) candidature)?$|^enviar( (mi |la |tu )?(solicitud|candidatura))?$|^(sollicitatie )?(versturen|verzenden)$/i;
const NEXT = /^ok(ay)?( ?[✓✔→»>↵])*$|^((save|submit) (and|&) )?(next|continue|proceed|review)( step| question| page| to .*| application)?( ?[→»>])*$|^(weiter|suivant|continuer|siguiente|continuar|volgende)( ?[→»>])*$/i;
const NEVER = /zurück|abbrechen|retour|annuler|volver|cancelar|vorige|annuleren|back|previous|cancel|search|sign.?in|log.?in|register|draft|reset|clear|remove|add|upload|attach|linkedin|indeed|google|facebook|autofill|newsletter|subscribe|cookie/i;

function buttonsOf(root, test) {
  const found = all(root, 'button, input[type=submit], input[type=button], input[type=image], [role=button]').filter((node) => test(node) && seen(node));
  const outer = root === document ? [] : all(document, 'button[form], input[form]').filter((node) => node.form === root && seen(node) && !found.includes(node));
  return [...found, ...outer].map((node) => ({ node, text: squeeze([shown(node), node.value].find((text) => /\p{L}/u.test(text || '')) || node.getAttribute('aria-label') || '') }));
}

function submitsOf(buttons) {
  const exact = buttons.filter(({ text }) => SUBMIT.test(text));
  if (exact.length) return exact;
  return buttons.filter(({ node, text }) => (node.type === 'submit' || node.type === 'image') && text && !NEXT.test(text) && !NEVER.test(text));
}

// Buttons that add a row to a section or take it away: {element, text, sections, after: how many fields stand before it}.
const ROW = /^[+\s]*(add|remove|delete)\b(?!.*\b(file|attachment|resume|cv|cover|letter|document|website|url|link|photo)s?\b)/i;

function rowButtonsOf(root, test, fields) {
  return all(root, 'button, [role=button], input[type=button], a:not([href]), a[href^="#"], a[href^="javascript"]')
    .filter((node) => test(node) && seen(node) && !node.disabled)
    .map((node) => ({ node, text: squeeze([shown(node) || node.value || '', node.getAttribute('aria-label') || '', node.title].filter(Boolean).join(' ')) }))
    .filter(({ text }) => text.length < 80 && ROW.test(text))
    .map(({ node, text }) => ({
      element: node, text, sections: sectionsOf(node).sections,
      after: fields.filter(({ element }) => element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).length,
    }));
}

// What opens a part of the form that is folded up, with questions in it.
const FOLDED = '[aria-expanded=false][aria-controls], details:not([open]) > summary';
const NO_PART = '[role=listbox], [role=dialog], [role=menu], [role=grid]';

function foldedOf(root, test, fields) {
  const home = fields.length && [fields[0].element, ...ancestors(fields[0].element)].find((one) => fields.every(({ element }) => isIn(one, element)));
  return all(root, FOLDED).filter((node) => {
    if (!home || !test(node) || !(root !== document || isIn(home, node)) || node.matches(`${COMBO}, input, [aria-haspopup]`)) return false;
    const part = node.matches('summary') ? node.parentElement : listOf(node, 'aria-controls')[0];
    const asked = part ? allDrawn(part, 'input:not([type=hidden], [type=search]), select, textarea').filter((one) => !closest(one, NO_PART)) : [];
    return asked.length > 0 && !asked.some(seen) && seen(node);
  });
}

let buttons = buttonsOf(chosen.root, chosen.test);
if (!submitsOf(buttons).length && !buttons.some(({ text }) => NEXT.test(text))) buttons = buttonsOf(document, outside);
const fields = fieldsOf(chosen.root, chosen.test);
return {
  fields, folded: foldedOf(chosen.root, chosen.test, fields), frames: framesOf(chosen.root, chosen.test, fields), rows: rowButtonsOf(chosen.root, chosen.test, fields),
  submits: submitsOf(buttons).map(({ node }) => node),
  nexts: buttons.filter(({ text }) => NEXT.test(text)).map(({ node }) => node),
  score: chosen.score,
};
