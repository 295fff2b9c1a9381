// The form's manners: a resume that is read and written over what stands there, a place that is looked up, a token
// before the form is sent.

const form = document.getElementById('application-form');
const one = (selector) => form.querySelector(selector);
const DEBOUNCE = 500; // ms after the last key
const WRITING = 250; // ms from the answer of the reader until its values are there

// ---------------------------------------------------------------- the resume

const resume = one('#resume-upload-input');

function tell(state) {
  ['working', 'success', 'failure'].forEach((name) => { one(`.resume-upload-${name}`).hidden = name !== state; });
}

resume.addEventListener('change', async () => {
  if (!resume.files[0]) return;
  one('.filename').textContent = resume.files[0].name;
  one('.default-label').hidden = true;
  tell('working');
  const body = new FormData();
  body.append('resume', resume.files[0]);
  const answer = await fetch('/copperline/parseResume', { method: 'POST', body });
  if (!answer.ok) return void tell('failure');
  const read = await answer.json();
  setTimeout(() => {
    Object.entries(read).forEach(([name, value]) => { form.elements[name].value = value; });
    tell('success');
  }, WRITING);
});

// ---------------------------------------------------------------- the place

const place = one('#location-input');
const selected = one('#selected-location');
const box = one('.dropdown-container');
const results = one('.dropdown-results');
let timer;

function row({ name, id }) {
  const made = document.createElement('div');
  made.className = 'dropdown-location';
  made.textContent = name;
  made.addEventListener('mousedown', () => {
    place.value = name;
    selected.value = JSON.stringify({ name, id });
    box.hidden = true;
  });
  return made;
}

async function lookUp() {
  const found = await (await fetch(`/copperline/searchLocations?text=${encodeURIComponent(place.value)}`)).json();
  one('.dropdown-loading-results').hidden = true;
  one('.dropdown-no-results').hidden = found.length > 0;
  results.replaceChildren(...found.map(row));
}

place.addEventListener('keydown', () => { selected.value = ''; });
place.addEventListener('keyup', () => {
  clearTimeout(timer);
  box.hidden = !place.value;
  results.replaceChildren();
  one('.dropdown-loading-results').hidden = false;
  if (place.value) timer = setTimeout(lookUp, DEBOUNCE);
});
place.addEventListener('blur', () => {
  clearTimeout(timer);
  box.hidden = true;
  if (!selected.value) place.value = '';
});

// ---------------------------------------------------------------- the signature, which an answer about disability needs

const disability = form.elements['eeo[disability]'];
const signature = one('#disabilitySignatureSection');

function ask() {
  signature.hidden = !disability.value;
  signature.querySelectorAll('input').forEach((input) => { input.required = Boolean(disability.value); });
}

disability.addEventListener('change', ask);
ask();

// ---------------------------------------------------------------- sending it

const button = one('#btn-submit');

button.addEventListener('click', () => {
  if (!form.reportValidity()) return;
  if (!resume.files[0]) return void alertMissing();
  if (button.dataset.challenge) return void challenge();
  setTimeout(() => {
    one('#hcaptchaResponseInput').value = 'token';
    one('#hcaptchaSubmitBtn').click();
  }, 150);
});

function alertMissing() {
  const text = Object.assign(document.createElement('p'), { className: 'error-message', textContent: 'Please attach a resume' });
  text.setAttribute('role', 'alert');
  one('.resume .application-field').append(text);
}

function challenge() {
  const frame = Object.assign(document.createElement('iframe'), { src: button.dataset.challenge, width: 400, height: 480, title: 'Main content of the hCaptcha challenge' });
  one('#h-captcha').append(frame);
}

document.querySelector('.cc-btn').addEventListener('click', () => document.querySelector('.cc-window').remove());
