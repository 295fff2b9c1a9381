// The controls of a step. What they hold is in `values`, by name, and is there again when a step is drawn anew.

export const values = { 'phoneNumber--countryPhoneCode': 'United States of America (+1)' };
export const uploaded = { key: '' };

function popup(rows, attributes) {
  document.querySelectorAll('.wd-popup').forEach((one) => one.remove());
  const box = Object.assign(document.createElement('div'), { className: 'wd-popup' });
  box.dataset.automationWidget = 'wd-popup';
  const list = Object.assign(document.createElement('ul'), { className: 'listbox', ...attributes });
  list.setAttribute('role', 'listbox');
  list.append(...rows);
  box.append(list);
  document.body.append(box);
  return box;
}

function place(box, under) {
  const { left, bottom, width } = under.getBoundingClientRect();
  Object.assign(box.firstChild.style, { position: 'absolute', left: `${left + scrollX}px`, top: `${bottom + scrollY}px`, width: `${width}px`, right: 'auto' });
}

function row(text, act, attributes = {}) {
  const made = Object.assign(document.createElement('li'), { textContent: text });
  made.setAttribute('role', 'option');
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.addEventListener('mousedown', (event) => event.preventDefault());
  made.addEventListener('click', () => act(text));
  return made;
}

// A text counts when the focus leaves it.
function text(field, name) {
  const input = field.querySelector('input, textarea');
  input.value = values[name] || '';
  input.addEventListener('focusout', () => { values[name] = input.value; });
}

function dropdown(field, name, options) {
  const button = field.querySelector('button');
  const say = (said) => { button.textContent = said || 'Select One'; };
  say(values[name]);
  let box;
  const close = () => { box?.remove(); box = null; button.setAttribute('aria-expanded', 'false'); };
  button.addEventListener('click', () => {
    if (box) return void close();
    box = popup(['Select One', ...options].map((one) => row(one, (said) => {
      values[name] = said === 'Select One' ? '' : said;
      say(values[name]);
      close();
      field.dispatchEvent(new CustomEvent('chosen', { bubbles: true, detail: { name, said } }));
    })), { id: `${name}-list` });
    place(box, button);
    button.setAttribute('aria-controls', `${name}-list`);
    button.setAttribute('aria-expanded', 'true');
  });
  button.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  button.addEventListener('blur', () => setTimeout(close, 150));
}

// Opens with categories, of which each leads to what can be chosen. Looks up on Enter only; what was typed goes with the focus.
function prompt(field, name, categories) {
  const input = field.querySelector('input');
  const pills = field.querySelector('[data-automation-id=selectedItemList]');
  const draw = () => {
    pills.innerHTML = values[name] ? `<li data-automation-id="selectedItem" class="pill"><p data-automation-id="promptOption" data-automation-label="${values[name]}">${values[name]}</p><span data-automation-id="DELETE_charm" role="button" aria-label="Remove">×</span></li>` : '';
  };
  let box;
  draw();
  const show = (rows) => {
    box = popup(rows.length ? rows : [Object.assign(document.createElement('li'), { textContent: 'No Items.' })], {});
    box.firstChild.dataset.associatedWidget = name;
    place(box, input);
  };
  const leaf = (text) => row(text, () => { values[name] = text; input.value = ''; draw(); box.remove(); }, { 'data-automation-id': 'promptLeafNode', 'data-automation-label': text });
  const category = (text) => row(text, () => show(categories[text].map(leaf)), { 'data-automation-id': 'menuItem' });
  input.addEventListener('click', () => show(Object.keys(categories).map(category)));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    show(Object.values(categories).flat().filter((one) => one.toLowerCase().includes(input.value.toLowerCase())).map(leaf));
  });
  input.addEventListener('blur', () => setTimeout(() => { input.value = ''; box?.remove(); }, 150));
}

function date(field, name) {
  const inputs = [...field.querySelectorAll('input')];
  const held = (values[name] || '').split('/');
  inputs.forEach((input, index) => {
    const display = field.querySelector(`[data-automation-id="${input.dataset.automationId.replace('input', 'display')}"]`);
    const show = () => {
      const number = input.value.replace(/\D/g, '').replace(/^0/, '');
      input.setAttribute('aria-valuetext', number);
      if (number) display.textContent = number;
    };
    input.value = held[index] || '';
    if (input.value) show();
    input.addEventListener('keydown', (event) => { if (event.key.length === 1 && !/\d/.test(event.key) && !event.ctrlKey) event.preventDefault(); });
    input.addEventListener('focusout', () => {
      show();
      const parts = inputs.map((one) => one.value.replace(/^0/, ''));
      values[name] = parts.every(Boolean) ? parts.join('/') : '';
    });
  });
}

function radio(field, name) {
  field.querySelectorAll('input').forEach((one) => {
    const said = one.value === 'true' ? 'Yes' : 'No';
    one.checked = values[name] === said;
    one.addEventListener('change', () => { values[name] = said; });
  });
}

function checkbox(field, name) {
  const box = field.querySelector('input');
  box.checked = values[name] === 'Yes';
  box.addEventListener('change', () => { values[name] = box.checked ? 'Yes' : ''; });
}

// Boxes of which one at most is ticked.
function boxes(field, name) {
  const all = [...field.querySelectorAll('input')];
  const said = (one) => field.querySelector(`label[for="${one.id}"]`).textContent;
  all.forEach((one) => one.addEventListener('change', () => {
    all.forEach((other) => { other.checked = other === one && one.checked; });
    values[name] = one.checked ? said(one) : '';
  }));
}

function file(field) {
  const input = field.querySelector('input');
  field.querySelector('button').addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const body = new FormData();
    body.append('file', input.files[0]);
    const { name } = input.files[0];
    uploaded.key = (await (await fetch('/graniteco/uploads', { method: 'POST', body })).json()).key;
    field.querySelector('.items').innerHTML = `<div data-automation-id="file-upload-item"><span data-automation-id="file-upload-item-name">${name}</span> <span data-automation-id="file-upload-successful">Successfully Uploaded!</span> <button type="button" data-automation-id="delete-file" aria-label="Delete">×</button></div>`;
    input.value = '';
  });
}

export const WIDGETS = { text, textarea: text, dropdown, prompt, date, radio, checkbox, boxes, file };
