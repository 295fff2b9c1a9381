// Two pages, each checked when it is left, and what becomes of a submission.

import { values } from './elements.js';

const app = document.querySelector('oc-app');
const at = (test) => app.querySelector(`[data-test=${test}]`);
const step = (number) => app.querySelector(`[data-step="${number}"]`);
const TAGS = { radio: 'spl-radio-group', text: 'spl-input', textarea: 'spl-textarea', select: 'spl-select', checkbox: 'spl-checkbox' };

// The questions of the second page are made of their definition, each in a shadow root of its own.
customElements.define('sr-screening-questions-form', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = '<link rel="stylesheet" href="/static/hosted.css"><div class="card"></div>';
    JSON.parse(this.getAttribute('definition')).questions.forEach((question) => {
      const host = document.createElement(`sr-question-field-${question.type}`);
      host.dataset.test = `question-${question.id}`;
      const field = document.createElement(TAGS[question.type]);
      field.setAttribute('name', question.id);
      field.setAttribute('label', question.label);
      field.setAttribute('options', JSON.stringify(question.fields[0].values.map((one) => one.label)));
      field.toggleAttribute('required', question.required);
      host.attachShadow({ mode: 'open' }).append(field);
      root.querySelector('.card').append(host);
    });
  }
});

function fieldsIn(root) {
  return [...root.querySelectorAll('*')].flatMap((one) => [...(one.check ? [one] : []), ...(one.shadowRoot ? fieldsIn(one.shadowRoot) : [])]);
}

const isComplete = (number) => fieldsIn(step(number)).map((one) => one.check()).every(Boolean);
const show = (number) => { [1, 2].forEach((one) => { step(one).hidden = one !== number; }); };

async function submit() {
  const resume = app.querySelector('spl-dropzone[data-test=resume-upload]').key;
  const answer = await fetch(app.dataset.submit, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ values, resume }) });
  const { status, message, url } = await answer.json();
  const notice = app.querySelector('.error-message');
  notice.hidden = !message;
  notice.textContent = message || '';
  if (status) app.innerHTML = '<h2 data-test="success-page-confirmation">Application submitted!</h2><p>We will be in touch.</p>';
  if (url) app.insertAdjacentHTML('beforeend', `<iframe title="DataDome CAPTCHA" src="${url}" width="400" height="400"></iframe>`);
}

at('footer-next').addEventListener('click', () => isComplete(1) && show(2));
at('footer-back').addEventListener('click', () => show(1));
at('footer-submit').addEventListener('click', () => isComplete(2) && submit());
