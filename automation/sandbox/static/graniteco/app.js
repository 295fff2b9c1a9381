// Draws the page a moment after it came; a wizard goes on step by step at one address.

import { WIDGETS, uploaded, values } from './widgets.js';

const DRAWN = 200; // ms until something shows
const SAVING = 150; // ms between two steps
const root = document.getElementById('root');
const view = document.getElementById('view');
const steps = [...document.querySelectorAll('template.page-of-steps')];
let step = 0;

const at = (id) => root.querySelector(`[data-automation-id=${id}]`);
const fields = () => [...root.querySelectorAll('.place [data-name]')].filter((one) => one.checkVisibility());

function needsState() {
  const state = root.querySelector('[data-name="address--countryRegion"]');
  if (state) state.hidden = values['country--country'] !== 'United States of America';
}

function draw() {
  root.querySelector('.place').replaceChildren(steps[step].content.cloneNode(true));
  root.querySelectorAll('.place [data-name]').forEach((field) => {
    WIDGETS[field.dataset.kind](field, field.dataset.name, JSON.parse(field.dataset.options));
    field.querySelectorAll('input').forEach((one) => one.addEventListener('input', () => say(field, '')));
  });
  needsState();
  at('errorBanner').hidden = true;
  at('pageFooterNextButton').textContent = step === steps.length - 1 ? 'Submit' : 'Save and Continue';
  [...at('progressBar').children].forEach((one, index) => {
    const state = index === step ? 'Active' : index < step ? 'Completed' : 'Inactive';
    one.dataset.automationId = `progressBar${state}Step`;
    one.style.fontWeight = index === step ? 700 : 400;
  });
}

function say(field, text) {
  field.querySelector('[data-automation-id=inputAlert]').textContent = text;
  field.querySelectorAll('input, button[aria-haspopup], textarea').forEach((one) => one.setAttribute('aria-invalid', String(Boolean(text))));
}

function complain(text) {
  at('errorBanner').hidden = !text;
  at('errorBanner').textContent = text;
}

async function submit() {
  const answer = await fetch(view.dataset.submit, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ values, resume: uploaded.key }) });
  const { submitted, error } = await answer.json();
  if (submitted) root.innerHTML = '<div data-automation-id="applicationSubmitted" class="card"><h2>Your application has been submitted</h2><a href="/graniteco/userHome">Candidate Home</a></div>';
  else if (error) complain(error);
}

function next() {
  const missing = fields().filter((one) => one.hasAttribute('data-required') && !values[one.dataset.name]);
  fields().forEach((one) => say(one, missing.includes(one) ? `Error: The field ${one.dataset.label} is required and must have a value.` : ''));
  complain(missing.length ? 'Errors Found' : '');
  if (missing.length) return;
  if (step === steps.length - 1) return void submit();
  step += 1;
  const spinner = Object.assign(document.createElement('p'), { textContent: 'Loading' });
  spinner.dataset.automationId = 'loadingSpinner';
  root.querySelector('.place').replaceChildren(spinner);
  setTimeout(draw, SAVING);
}

function start() {
  root.replaceChildren(view.content.cloneNode(true));
  if (!at('applyFlowPage')) return;
  root.addEventListener('chosen', ({ detail }) => {
    if (detail.name !== 'country--country') return;
    ['address--addressLine1', 'address--city', 'address--postalCode', 'address--countryRegion'].forEach((name) => { delete values[name]; });
    draw(); // the address is that country's own
  });
  at('pageFooterNextButton').addEventListener('click', next);
  at('pageFooterBackButton').addEventListener('click', () => { step = Math.max(0, step - 1); draw(); });
  draw();
}

setTimeout(start, DRAWN);
