// The form's controls, and what it sends.

import { control } from '/static/controlled.js';

const form = document.getElementById('application');
const all = (selector, root = form) => [...root.querySelectorAll(selector)];
const values = {};
let resume = '';

all('input[name][type]:not([type=radio], [type=checkbox]), textarea[name]').forEach((input) => control(input, (value) => { values[input.name] = value; }));

all('[role=radiogroup]').forEach((group) => all('[role=radio]', group).forEach((one) => {
  const choose = () => {
    all('[role=radio]', group).forEach((other) => other.setAttribute('aria-checked', String(other === one)));
    values[group.dataset.ui] = one.querySelector('input').value === 'true' ? 'Yes' : 'No';
  };
  one.addEventListener('click', choose);
  one.addEventListener('keydown', (event) => { if (event.key === ' ') { event.preventDefault(); choose(); } });
}));

all('[role=group]').forEach((group) => group.addEventListener('change', ({ target }) => {
  if (group.dataset.many === 'false') all('input', group).forEach((one) => { one.checked = one === target && target.checked; });
  const ticked = all('input:checked', group).map((one) => one.value);
  values[group.dataset.ui] = group.dataset.many === 'false' ? ticked[0] || '' : ticked;
}));

all('[data-input-type=select]').forEach((box) => {
  const input = box.querySelector('input');
  const list = box.querySelector('ul');
  const show = (open) => { list.hidden = !open; input.setAttribute('aria-expanded', String(open)); };
  input.addEventListener('click', () => show(list.hidden));
  input.addEventListener('keydown', ({ key }) => { if (key === 'ArrowDown') show(true); if (key === 'Escape') show(false); });
  input.addEventListener('blur', () => setTimeout(() => show(false), 100));
  all('li', list).forEach((row) => row.addEventListener('mousedown', (event) => {
    event.preventDefault();
    input.value = row.textContent;
    values[box.dataset.ui] = row.textContent;
    all('li', list).forEach((one) => one.setAttribute('aria-selected', String(one === row)));
    show(false);
  }));
});

const file = form.querySelector('[data-ui=resume]');
file.addEventListener('change', async () => {
  const body = new FormData();
  body.append('file', file.files[0]);
  resume = (await (await fetch('/birchmoor/uploads', { method: 'POST', body })).json()).key;
  form.querySelector('[data-ui=file-name]').textContent = `${file.files[0].name} `;
  form.querySelector('label[role=button]').textContent = 'Replace';
});

// ---------------------------------------------------------------- sending it

const notice = form.querySelector('.error-message');

function complain(text) {
  notice.hidden = !text;
  notice.textContent = text;
}

function say(name, text) {
  const input = form.querySelector(`[name="${name}"]:not([type=radio])`);
  const place = name === 'resume' ? document.getElementById('resume_error') : input && document.getElementById(`${input.id}_error`);
  if (place) place.textContent = text;
  else complain(text);
  input?.setAttribute('aria-invalid', String(Boolean(text)));
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  complain('');
  all('[aria-invalid=true]').forEach((one) => say(one.name, ''));
  const answer = await fetch(form.dataset.submit, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ candidate: values, resume }) });
  const { status, error, errors = {}, turnstile } = await answer.json();
  Object.entries(errors).forEach(([name, text]) => say(name, text));
  if (turnstile) form.querySelector('.turnstile').innerHTML = `<div class="cf-turnstile"><iframe title="Cloudflare security challenge" src="${turnstile}" width="300" height="65"></iframe></div>`;
  else if (error) complain(error);
  if (status) form.outerHTML = '<div data-ui="success"><h2>Thank you!</h2><p>Your application was submitted successfully. We will write to you.</p></div>';
});

all('[data-ui=cookie-consent] button', document).forEach((one) => one.addEventListener('click', () => document.querySelector('[data-ui=cookie-consent]').remove()));
