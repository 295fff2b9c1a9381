// A question as it is reported, and those with one control: lists, comboboxes, sliders, boxes for text.

const KINDS = { email: 'email', tel: 'phone', url: 'url', number: 'number', date: 'date', file: 'file', range: 'number' };

function base(node, more) {
  const own = more.own || [node];
  return {
    key: [node.tagName, node.type || '', node.name || '', node.id || '', more.labelled === false && (node.name || node.id) ? '' : more.label].join('|'),
    label: more.label, labelled: more.labelled !== false, kind: more.kind, widget: more.widget, element: node, options: more.options || [], value: more.value || '',
    required: isRequired(own, more.group, more.label), ...sectionsOf(more.group || node),
    error: errorOf(more.group || node, own) || own.map((one) => errorOf(one, own)).find(Boolean) || '',
    type: node.type || '', autocomplete: node.getAttribute('autocomplete') || '', placeholder: node.placeholder || node.getAttribute('aria-placeholder') || '', title: node.title || '', says: more.says || '', hint: hintOf(node),
    readonly: Boolean(node.readOnly), lists: node.getAttribute('aria-autocomplete') === 'list', typed: node.matches('input:not([readonly], [role=button])'),
    accept: node.accept || '', multiple: Boolean(more.multiple), maxLength: node.maxLength > 0 ? node.maxLength : 0,
  };
}

function selectField(node) {
  const rows = [...node.options].map((one, index) => !one.disabled && [squeeze(one.label || one.text), one.value, one.value === '' || index === 0]).filter(Boolean);
  const options = JSON.stringify(rows); // as one text: ten thousand objects take the driver a minute
  return base(node, {
    kind: node.multiple ? 'multi_choice' : 'single_choice', widget: 'select', ...labelOf(node), options, multiple: node.multiple,
    value: [...node.selectedOptions].filter((one) => one.value !== '').map((one) => squeeze(one.label)).join(', '),
  });
}

const SEVERAL = /\b(all that apply|(choose|select|pick|add)\b[^.?!]{0,20}\b(at least (two|three|[2-9])|up to (two|three|four|five|[2-9]|\d\d)|one or more|several|multiple))\b(?! (characters|letters))/i;

function comboField(node) {
  const twin = twinOf(node);
  const held = heldBy(node);
  const says = node.getAttribute('aria-multiselectable');
  const isOfSeveral = Boolean(twin?.multiple || closest(node, '.is-multi, [class*=--is-multi], [class*=-multiple], [class*=multiselect i], [class*=multi-select i]'));
  const named = twin && labelsOf(twin).map(words).find(Boolean);
  const label = named ? { label: named, labelled: true } : dialCodeOf(node, held) || labelOf(node, held);
  const multiple = says ? says === 'true' : isOfSeveral || SEVERAL.test(`${label.label} ${hintOf(node)}`);
  return base(node, { own: twin ? [node, twin] : [node], kind: multiple ? 'multi_choice' : 'single_choice', widget: 'combobox', ...label, value: held, multiple });
}

// A list without a name of its own, beside the box of a phone number: of the countries' codes.
function dialCodeOf(node, held) {
  if (saysDialCode(node)) return { label: 'Country code', labelled: true };
  if (!node.matches('input') || labelOf(node, held).labelled || !/^(\W*|.*\+\d.*)$/.test(held)) return null;
  const beside = [...ancestors(node, 8)].map((one) => controlsIn(one).filter((other) => other !== node && reachable(other))).find((found) => found.length);
  return beside?.length === 1 && beside[0].type === 'tel' ? { label: 'Country code', labelled: true } : null;
}

function sliderField(node) {
  return base(node, { kind: 'number', widget: 'slider', ...labelOf(node), value: node.getAttribute('aria-valuenow') || '' });
}

const takesNumbers = (node) => node.matches('[role=spinbutton], [inputmode=numeric]:not([autocomplete^=tel], [autocomplete=postal-code]), [inputmode=decimal]');
// A box that takes one after another, each by the Enter key.
const takesSeveral = (node) => /\b(press|hit|type|use) (the )?(enter|return)\b/i.test([node.placeholder, ...listOf(node, 'aria-describedby').map(words)].join(' '));

function plainField(node) {
  const kind = node.matches('textarea') || node.isContentEditable ? 'longtext' : KINDS[node.type] || (isOfDays(node) ? 'date' : takesNumbers(node) ? 'number' : 'text');
  if (kind === 'file') return base(node, { kind, widget: 'file', label: fileLabel(node), value: [...node.files].map((file) => file.name).join(', '), multiple: node.multiple });
  if (kind === 'text' && takesSeveral(node)) return base(node, { kind: 'multi_choice', widget: 'tags', ...labelOf(node), multiple: true });
  const suggested = [...node.list?.options || []].filter((one) => !one.disabled).map((one) => [squeeze(one.label || one.value), one.value, false]);
  return base(node, { kind, widget: 'input', ...labelOf(node), options: JSON.stringify(suggested), value: node.isContentEditable ? shown(node) : node.value || (/^search/i.test(node.placeholder) || node.matches('[aria-autocomplete=list]') ? heldBy(node) : '') });
}
