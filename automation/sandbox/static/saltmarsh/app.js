// Draws the page a moment after it came, and keeps what is answered: by the field's path, in `values`.

import { control } from '/static/controlled.js';

const DRAWN = 300; // ms until the page shows
const LAG = 200; // ms until a choice lands
const DEBOUNCE = 300; // ms after the last key until a place is looked up

const app = document.getElementById('app');
const root = document.getElementById('root');
const values = {};
const resets = []; // what takes the Yes/No answers back
let resume = '';

const ask = async (op, body) => fetch(`/saltmarsh/api/non-user-graphql?op=${op}${app.dataset.query.replace('?', '&')}`, {
  method: 'POST', body: body instanceof FormData ? body : JSON.stringify(body),
});

function keep(path, value) {
  values[path] = value;
  ask('ApiSetFormValue', { path, value });
}

// ---------------------------------------------------------------- the kinds of questions

function plain(entry, path) {
  const input = entry.querySelector('input, textarea');
  control(input, (value) => { values[path] = value; });
  input.addEventListener('blur', () => values[path] && keep(path, values[path]));
}

function yesno(entry, path) {
  const buttons = [...entry.querySelectorAll('button')];
  const show = (said) => buttons.forEach((one) => one.setAttribute('aria-pressed', String(one.textContent === said)));
  buttons.forEach((one) => one.addEventListener('click', () => setTimeout(() => {
    keep(path, values[path] === one.textContent ? '' : one.textContent);
    show(values[path]);
  }, LAG)));
  resets.push(() => { delete values[path]; show(''); });
}

// A second click on the label clears the choice; either lands a moment later.
function radio(entry, path) {
  const inputs = [...entry.querySelectorAll('input')];
  const labelOf = (input) => entry.querySelector(`label[for="${input.id}"]`).textContent;
  inputs.forEach((input) => input.addEventListener('click', (event) => {
    event.preventDefault();
    setTimeout(() => {
      const said = values[path] === labelOf(input) ? '' : labelOf(input);
      inputs.forEach((one) => { one.checked = labelOf(one) === said; });
      keep(path, said);
    }, LAG);
  }));
}

function checkbox(entry, path) {
  entry.addEventListener('change', () => keep(path, [...entry.querySelectorAll('input:checked')].map((one) => one.name)));
}

function date(entry, path) {
  const input = entry.querySelector('input');
  const set = control(input, (value) => { values[path] = value; });
  input.addEventListener('focus', () => {
    const popup = Object.assign(document.createElement('div'), { className: 'react-datepicker listbox', textContent: 'December 2026' });
    document.body.append(popup);
    input.addEventListener('blur', () => {
      popup.remove();
      const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(values[path] || '') || [];
      const text = year ? `${month}/${day}/${year}` : values[path] || '';
      values[path] = /^\d\d\/\d\d\/\d{4}$/.test(text) ? text : '';
      set(values[path]);
    }, { once: true });
  });
}

function location_(entry, path) {
  const input = entry.querySelector('input');
  let popup;
  let timer;
  const close = () => { popup?.remove(); popup = null; input.setAttribute('aria-expanded', 'false'); };
  const set = control(input, (text) => {
    clearTimeout(timer);
    close();
    delete values[path];
    if (text) timer = setTimeout(() => open(text), DEBOUNCE);
  });
  async function open(text) {
    const { data } = await (await ask('ApiAutocompleteGeoLocation', { text })).json();
    if (text !== input.value) return; // asked too long ago
    close();
    popup = Object.assign(document.createElement('div'), { className: 'listbox', id: 'floating-ui-7' });
    popup.setAttribute('role', 'listbox');
    popup.style.position = 'absolute';
    const box = input.getBoundingClientRect();
    Object.assign(popup.style, { top: `${box.bottom + scrollY}px`, left: `${box.left}px`, right: 'auto', width: `${box.width}px` });
    popup.append(...data.places.map((name) => {
      const row = Object.assign(document.createElement('div'), { textContent: name });
      row.setAttribute('role', 'option');
      row.addEventListener('mousedown', (event) => event.preventDefault());
      row.addEventListener('click', () => { set(name); keep(path, name); close(); });
      return row;
    }));
    document.body.append(popup);
    input.setAttribute('aria-expanded', 'true');
    input.setAttribute('aria-controls', popup.id);
  }
  input.addEventListener('blur', () => { clearTimeout(timer); close(); if (!values[path]) set(''); });
}

function file(entry) {
  const box = entry.querySelector('.ashby-application-form-input-file');
  const input = entry.querySelector('input');
  box.querySelector('button').addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const body = new FormData();
    body.append('file', input.files[0]);
    const { data } = await (await ask('ApiCreateFileUploadHandle', body)).json();
    resume = data.handle;
    const item = Object.assign(document.createElement('div'), { className: 'ashby-application-form-input-file-item', innerHTML: '<span class="ashby-application-form-input-file-item-name"></span> <button class="ashby-application-form-input-file-item-delete" aria-label="Remove">×</button>' });
    item.firstChild.textContent = input.files[0].name;
    box.prepend(item);
    box.querySelector('button:not([aria-label])').textContent = 'Replace';
    resets.forEach((reset) => reset());
  });
}

const KINDS = { yesno, radio, checkbox, date, file, location: location_ };

// ---------------------------------------------------------------- sending it

function say(name, text) {
  const box = Object.assign(document.createElement('div'), { className: `ashby-application-form-${name}-container card` });
  box.innerHTML = `<p role="${name === 'success' ? 'status' : 'alert'}"></p>`;
  box.firstChild.textContent = text;
  return box;
}

async function submit(button) {
  const missing = button.dataset.required.split(' ').filter((path) => !(path === '_systemfield_resume' ? resume : values[path]?.length));
  const place = document.querySelector('.corrections');
  place.hidden = !missing.length;
  place.innerHTML = '<h2>Your form needs corrections</h2>';
  place.append(...missing.map((path) => {
    const line = document.createElement('p');
    line.setAttribute('role', 'alert');
    line.textContent = `Missing entry for required field: ${document.querySelector(`[data-field-path="${path}"] .ashby-application-form-question-title`).textContent}`;
    return line;
  }));
  if (missing.length) return;
  const answer = await ask('ApiSubmitSingleApplicationFormAction', { posting: app.dataset.posting, values, resume });
  hear(answer.ok ? (await answer.json()).data : { failure: "We couldn't submit your application." });
}

function hear({ success, failure, blocked }) {
  const form = document.getElementById('form');
  document.querySelector('.ashby-application-form-failure-container')?.remove();
  if (success) form.replaceChildren(say('success', "Your application was successfully submitted. We'll contact you if there are next steps."));
  else if (blocked) form.replaceChildren(say('blocked-application', blocked));
  else if (failure === 'captcha') form.insertAdjacentHTML('beforeend', '<iframe title="recaptcha challenge" src="/static/challenge.html?recaptcha/enterprise/bframe" width="400" height="480"></iframe>');
  else if (failure) form.append(say('failure', failure));
}

function draw() {
  root.replaceChildren(app.content.cloneNode(true));
  if (app.dataset.closed) return void history.replaceState(null, '', app.dataset.closed);
  document.querySelectorAll('[data-field-path]').forEach((entry) => (KINDS[entry.dataset.kind] || plain)(entry, entry.dataset.fieldPath));
  const button = document.querySelector('.ashby-application-form-submit-button');
  button?.addEventListener('click', () => submit(button));
}

setTimeout(draw, DRAWN);
