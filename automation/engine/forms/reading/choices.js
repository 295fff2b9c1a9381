// Questions with several controls: which belong together, and what each of them says.

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
  const label = sharedLabel(nodes, group) || rowLabel(nodes, (group && (questionIn(group, nodes) || groupLabel(group))) || cellLabel(nodes[0]) || precedingText(closest(nodes[0], 'label') || nodes[0], nodes) || commonText(nodes) || spelledOut(nodes[0].name || ''));
  const answers = nodes.map((node) => choiceLabel(node, nodes));
  return base(nodes[0], {
    own: nodes, group, kind, widget, label, labelled: Boolean(group && groupLabel(group)),
    options: nodes.map((node, number) => ({ label: answers[number], value: node.value || '', element: node })),
    value: answers.filter((_, number) => isOn(nodes[number])).join(', '), multiple: kind === 'multi_choice',
  });
}

// What says yes, and not to what: that is asked by the group of which it is the one answer.
const SAYS_YES = /^\W*(yes\W*)?((i|we) )?(do )?(yes|agree|accept|consent|confirm|acknowledge|understand|certify)d?\W*$/i;

function consentField(node) {
  const said = choiceLabel(node);
  const group = SAYS_YES.test(said) ? groupOf([node]) : null;
  const asked = group && controlsIn(group).every((one) => one === node || one.type === 'hidden') ? groupLabel(group) : '';
  return base(node, { kind: 'consent', widget: 'checkbox', label: asked || said, group: asked ? group : null, value: isOn(node) ? 'Yes' : '' });
}

const AGREED = /\b(accepted|agreed|akzeptiert|zugestimmt)\b/i;

function agreementField(node) {
  return base(node, { kind: 'consent', widget: 'agreement', label: shown(node), value: AGREED.test(words(boxOf([node], null) || node)) ? 'Yes' : '' });
}

// The name of a question that shares its group with others, as the rows of a rating do: what the group asks, of what stands before its own choices.
function sharedLabel(nodes, group) {
  const asked = group ? groupLabel(group) : '';
  if (!asked || !controlsIn(group).some((one) => !nodes.includes(one) && one.matches('[type=radio], [role=radio]') && reachable(one))) return '';
  const row = closest(nodes[0], 'tr');
  const cell = row && nodes.every((one) => row.contains(one)) ? closest(nodes[0], 'td, th').previousElementSibling : null;
  const own = (cell && words(cell)) || precedingText(closest(nodes[0], 'label') || nodes[0], nodes) || commonText(nodes);
  if (!own || own === asked) return '';
  return own.length < LONGEST_NAME && !/\?/.test(own) ? `${asked} ${own}` : own;
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

const CONSENT = /\bagree|consent|privacy|acknowledg|\bcertify|\bterms\b|newsletter|subscribe|\bconfirm|policy|\bnotice\b/i;

function together(node, pool) {
  if (node.name && node.matches('input')) return pool.filter((one) => one.name === node.name && one.form === node.form);
  const group = closest(parentOf(node), GROUP);
  if (group) return pool.filter((one) => isIn(group, one));
  const beside = node.matches('input') ? [] : pool.filter((one) => parentOf(one) === parentOf(node));
  return beside.length > 1 ? beside : pool.filter((one) => parentOf(parentOf(one)) === parentOf(parentOf(node)));
}

function checkboxGroup(node, pool) {
  const named = node.name ? pool.filter((one) => one.name === node.name && one.form === node.form) : [];
  if (named.length > 1) return named;
  const group = closest(parentOf(node), GROUP);
  if (!group || !groupLabel(group)) return belowOneQuestion(node, pool);
  const members = pool.filter((one) => closest(parentOf(one), GROUP) === group);
  const others = [...group.querySelectorAll(CONTROLS)].some((one) => !members.includes(one) && one.type !== 'hidden');
  return others || members.some((one) => CONSENT.test(choiceLabel(one))) ? [node] : members;
}

const LONGEST_CHOICE = 60; // letters; what is longer is a statement of its own

// The boxes to tick in the nearest box of the page that has several and nothing else to answer, if a question stands first in it:
// right before them, or further up if it is plainly one.
function belowOneQuestion(node, pool) {
  let isFurtherUp = false;
  for (const box of ancestors(node, 5)) {
    if (box.matches('form, body, main') || controlsIn(box).some((one) => !pool.includes(one) && one.type !== 'hidden' && reachable(one))) return [node];
    const members = pool.filter((one) => isIn(box, one));
    if (members.length < 2) continue;
    const parts = [...box.children];
    const before = parts.slice(0, parts.findIndex((one) => isIn(one, node)));
    isFurtherUp ||= !before.length && parts.every((one) => members.some((each) => isIn(one, each)));
    if (isFurtherUp && !before.length) continue;
    const asked = before.some((one) => !members.some((each) => isIn(one, each)) && (isFurtherUp ? /[?*✱]/.test(words(one)) : words(one)));
    const said = members.map((one) => choiceLabel(one));
    return asked && said.every((text) => text && text.length < LONGEST_CHOICE && !CONSENT.test(text)) ? members : [node];
  }
  return [node];
}

function groupOf(nodes) {
  const group = closest(parentOf(nodes[0]), GROUP);
  return group && nodes.every((one) => isIn(group, one)) ? group : null;
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

const isAllOfItsItem = (button) => parentOf(button).matches('li, [role=listitem]') && shown(parentOf(button)) === shown(button);

// The buttons in the box of one; each may be alone in an item of a list, or drawn in a shadow root of its own.
function besideEachOther(node, buttons) {
  const row = buttons.filter((one) => parentOf(one) === parentOf(node));
  if (isAllOfItsItem(node)) return buttons.filter((one) => isAllOfItsItem(one) && parentOf(parentOf(one)) === parentOf(parentOf(node)));
  const home = row.length > 1 || !node.getRootNode().host ? null : parentOf(node.getRootNode().host);
  return home ? buttons.filter((one) => one.getRootNode().host && parentOf(one.getRootNode().host) === home) : row;
}

// A list that is always on show is a question; one that a combobox opens is not.
const isPopup = (list) => Boolean(list.id && list.getRootNode().querySelector(`[aria-controls~="${CSS.escape(list.id)}"], [aria-owns~="${CSS.escape(list.id)}"]`));

function listField(list, every) {
  const options = every.filter((one) => one.dataset.value !== ''); // which stands for nothing chosen
  const several = list.getAttribute('aria-multiselectable') === 'true';
  return base(list, {
    kind: several ? 'multi_choice' : 'single_choice', widget: several ? 'checkboxes' : 'radios', ...labelOf(list), multiple: several,
    options: options.map((node) => ({ label: shown(node), value: '', element: node })), value: options.filter(isOn).map(shown).join(', '),
  });
}
