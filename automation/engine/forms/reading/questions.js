// Every question of a form, in the order of the page.

function fieldsOf(root, inForm) {
  const controls = controlsOf(root, inForm);
  const isAroundOne = (node) => [...node.querySelectorAll('input')].some(reachable); // what is drawn around a native control
  const pools = {
    radios: controls.filter((node) => node.type === 'radio' || (node.matches('[role=radio]') && !isAroundOne(node)) || isOwnRadio(node)),
    boxes: controls.filter((node) => node.type === 'checkbox' || (node.matches('[role=checkbox], [role=switch]') && !isAroundOne(node))),
    buttons: controls.filter((node) => node.matches('button, [role=button]') && !isCombo(node) && !opensDays(node) && !node.matches('[role=switch], [role=radio], [role=checkbox]')),
  };
  const done = new Set();
  const fields = [];
  for (const node of controls) {
    const question = done.has(node) ? null : questionAt(node, controls, pools);
    question?.own.forEach((one) => done.add(one));
    if (question) fields.push(question.field);
  }
  for (const zone of zonesOf(root, inForm)) {
    const after = fields.findIndex(({ element }) => zone.box.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    fields.splice(after < 0 ? fields.length : after, 0, zoneField(zone));
  }
  return fields;
}

function controlsOf(root, inForm) {
  const takesAnswer = (node) => node.matches(CONTROLS) || isCombo(node) || isAnswer(node) || isOwnRadio(node) || opensDays(node) || isAgreement(node);
  const controls = all(root, `${CONTROLS}, ${AGREEMENT}, button, [role=button], [role=radiogroup] [value]`)
    .filter((node) => inForm(node) && takesAnswer(node) && !isTool(node) && reachable(node))
    .filter(isNoTwin);
  if (shadowsIn(document).length) controls.sort((one, other) => (positionOf(one, other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return document.designMode === 'on' ? [...controls, document.body] : controls;
}

// What is asked at a control: {own: the controls that answer it, field}; null if nothing is.
function questionAt(node, controls, { radios, boxes, buttons }) {
  const several = (own, widget, kind) => ({ own, field: choices(own, widget, kind, groupOf(own)) });
  const parts = [datePartsOf(node, controls), dateTripleOf(node, controls)].find((found) => found.length);
  if (parts) return { own: parts, field: dateField(parts) };
  if (isAgreement(node)) return { own: [node], field: agreementField(node) };
  if (radios.includes(node)) return several(together(node, radios), 'radios', 'single_choice');
  if (buttons.includes(node)) return several(besideEachOther(node, buttons), 'buttons', 'single_choice');
  if (boxes.includes(node)) {
    const own = checkboxGroup(node, boxes);
    const isList = /\[\]/.test(node.name || '') && !CONSENT.test(choiceLabel(node));
    return own.length === 1 && !isList ? { own, field: consentField(node) } : several(own, 'checkboxes', 'multi_choice');
  }
  const field = fieldAt(node);
  return field && { own: [node], field };
}

const TYPED = 'textarea, input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=search], [type=password])';

function fieldAt(node) {
  if (node.matches('select')) return selectField(node);
  if (isCombo(node)) return comboField(node);
  if (node.matches('[role=slider]')) return sliderField(node);
  if (opensDays(node)) return base(node, { kind: 'date', widget: 'input', ...labelOf(node) });
  if (node.matches('[role=listbox]')) {
    const options = all(node, '[role=option]');
    return options.length && !isPopup(node) && !isOfChosen(node) && !closest(parentOf(node), COMBO) ? listField(node, options) : null;
  }
  return (node.isContentEditable || node.matches(TYPED)) && !closest(parentOf(node), '[role=combobox]') ? plainField(node) : null;
}
