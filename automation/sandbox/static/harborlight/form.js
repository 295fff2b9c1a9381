// The form as a whole: shows what is missing, sends the answers, goes on to the confirmation.

import { Select } from './select.js';
import { Upload } from './upload.js';

const form = document.getElementById('application-form');
const all = (selector) => [...form.querySelectorAll(selector)];
const selects = all('[data-select]').map((root) => new Select(root));
const uploads = all('[data-upload]').map((group) => new Upload(group));
const button = form.querySelector('[type=submit]');
const code = form.querySelector('.security-code');
const boxes = all('.security-code input');

// ---------------------------------------------------------------- what it says

function say(id, text) {
  const place = document.getElementById(`${id}-error`);
  if (place) place.textContent = text;
  document.getElementById(id)?.setAttribute('aria-invalid', String(Boolean(text)));
}

function complain(text) {
  const place = form.querySelector('.application-error');
  place.hidden = !text;
  place.textContent = text;
}

function askForCode(recipient) {
  code.hidden = false;
  document.getElementById('security-code-recipient').textContent = recipient;
  boxes.forEach((box) => { box.value = ''; });
  boxes[0].focus();
}

// ---------------------------------------------------------------- what it holds

function answers() {
  const fields = {};
  all('input.input, textarea.input').forEach((control) => { if (control.value) fields[control.id] = control.value; });
  selects.forEach((select) => { if (select.value.length) fields[select.id] = select.value; });
  all('fieldset.checkbox').forEach((group) => {
    const ticked = [...group.querySelectorAll('input:checked')].map((box) => group.querySelector(`label[for="${box.id}"]`).textContent);
    if (ticked.length) fields[group.id] = ticked;
  });
  return fields;
}

const files = () => Object.fromEntries(uploads.filter((one) => one.key).map((one) => [one.field, one.key]));

function missing(fields) {
  const held = { ...fields, ...files() };
  const required = all('[aria-required=true]').filter((one) => !one.closest('[hidden]')).map((one) => one.dataset.upload || one.id);
  return required.filter((id) => !held[id] && !held[`${id}_text`]);
}

// ---------------------------------------------------------------- sending it

async function send(fields) {
  const body = JSON.stringify({ fields, uploads: files(), security_code: boxes.map((box) => box.value).join('') });
  button.setAttribute('aria-disabled', 'true');
  try {
    const answer = await fetch(form.dataset.submit, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    hear(await answer.json());
  } catch {
    complain('Something went wrong. Please try again.');
  } finally {
    button.setAttribute('aria-disabled', 'false');
  }
}

function hear({ confirmation, error, errors = {}, reset, security_code_recipient: recipient }) {
  if (reset) selects.forEach((one) => one.set([])); // a refused form forgets its lists
  Object.entries(errors).forEach(([id, text]) => say(id, text));
  if (recipient) askForCode(recipient);
  else if (error) complain(error === 'captcha-failed' ? 'Please complete the challenge.' : error);
  if (confirmation) location.assign(confirmation);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (button.getAttribute('aria-disabled') === 'true') return;
  complain('');
  all('[aria-invalid=true]').forEach((control) => say(control.id, ''));
  uploads.forEach((one) => say(one.field, ''));
  const fields = answers();
  const gaps = missing(fields);
  gaps.forEach((id) => say(id, id === 'resume' ? 'Resume/CV is required' : 'This field is required'));
  if (gaps.length) document.getElementById(gaps[0])?.focus();
  else send(fields);
});

form.addEventListener('uploaded', ({ detail }) => say(detail.field, detail.error));

// Race is asked only of those who are not Hispanic or Latino.
form.addEventListener('picked', ({ target, detail }) => {
  if (target.querySelector('.select__input').id !== 'hispanic_ethnicity') return;
  document.getElementById('race-slot').hidden = detail !== 'No';
  if (detail !== 'No') selects.find((one) => one.id === 'race').set([]);
});

// Agreeing to the use of the demographic answer makes it a required one.
document.getElementById('gdpr_demographic_data_consent_given').addEventListener('change', ({ target }) => {
  document.getElementById('4012345').setAttribute('aria-required', String(target.checked));
});

boxes.forEach((box, index) => {
  box.addEventListener('input', () => box.value && boxes[index + 1]?.focus());
  box.addEventListener('keydown', (event) => { if (event.key === 'Backspace' && !box.value) boxes[index - 1]?.focus(); });
  box.addEventListener('paste', (event) => {
    event.preventDefault();
    const signs = event.clipboardData.getData('text').trim();
    boxes.forEach((one, at) => { one.value = signs[at] || ''; });
  });
});
