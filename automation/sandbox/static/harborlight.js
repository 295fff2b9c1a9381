// The manners of a hosted application form: comboboxes that commit only a choice, uploads at once, a scripted submit.

const form = document.getElementById('application-form');
const uploads = {};
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Select {
  constructor(root) {
    const { options, lookup, drop } = JSON.parse(root.dataset.select);
    Object.assign(this, { root, options, lookup, drop, value: '', shown: [], active: 0 });
    this.input = root.querySelector('.select__input');
    this.control = root.querySelector('.select__control');
    this.container = root.querySelector('.select__value-container');
    this.shell = root.querySelector('.select-shell > div');
    this.mirror = root.querySelector('.requiredInput');
    this.control.addEventListener('mousedown', (event) => { event.preventDefault(); this.input.focus(); this.menu ? this.close() : this.open(); });
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.input.addEventListener('input', () => this.onType());
    this.input.addEventListener('blur', () => { this.input.value = ''; this.close(); });
  }

  async matching() {
    const text = this.input.value.trim().toLowerCase();
    if (!this.lookup) return this.options.filter((option) => option.toLowerCase().includes(text));
    if (!text) return [];
    return (await fetch(`${this.lookup}?text=${encodeURIComponent(text)}`)).json();
  }

  async open() {
    const shown = await this.matching();
    if (document.activeElement !== this.input) return;
    this.shown = shown;
    this.active = 0;
    this.draw();
  }

  draw() {
    this.menu?.remove();
    const id = this.input.id;
    this.menu = document.createElement('div');
    this.menu.className = 'select__menu';
    const list = this.menu.appendChild(document.createElement('div'));
    list.className = 'select__menu-list';
    list.id = `react-select-${id}-listbox`;
    list.setAttribute('role', 'listbox');
    this.shown.forEach((text, index) => {
      const option = list.appendChild(document.createElement('div'));
      option.className = `select__option${index === this.active ? ' select__option--is-focused' : ''}`;
      option.id = `react-select-${id}-option-${index}`;
      option.setAttribute('role', 'option');
      option.textContent = text;
      option.addEventListener('mousedown', (event) => { event.preventDefault(); event.stopPropagation(); this.choose(text); });
    });
    if (!this.shown.length) list.innerHTML = '<div class="select__menu-notice select__menu-notice--no-options">No options</div>';
    this.shell.append(this.menu);
    this.input.setAttribute('aria-expanded', 'true');
    this.input.setAttribute('aria-controls', list.id);
  }

  onType() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), this.lookup ? 300 : 0);
  }

  onKey(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.menu) return void this.open();
      this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + this.shown.length) % (this.shown.length || 1);
      this.draw();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (this.menu && this.shown[this.active]) this.choose(this.shown[this.active]);
    } else if (event.key === 'Escape') this.close();
  }

  choose(text) {
    this.set(text);
    this.input.value = '';
    this.close();
    this.root.querySelector('[role=log]').textContent = `option ${text}, selected.`;
    if (this.drop) { this.drop = false; setTimeout(() => this.set(''), 800); }
  }

  set(text) {
    this.value = text;
    this.root.querySelector('.select__single-value, .select__placeholder')?.remove();
    const shown = document.createElement('div');
    shown.className = text ? 'select__single-value' : 'select__placeholder';
    shown.textContent = text || 'Select...';
    this.container.prepend(shown);
    if (text) this.mirror?.remove(); else if (this.mirror) this.shell.append(this.mirror);
    this.root.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: text }));
  }

  close() {
    this.menu?.remove();
    this.menu = null;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-controls');
  }
}

const selects = new Map([...document.querySelectorAll('[data-select]')].map((root) => { const one = new Select(root); return [one.input.id, one]; }));

document.getElementById('hispanic_ethnicity').closest('[data-select]').addEventListener('picked', (event) => {
  document.getElementById('race-slot').hidden = event.detail !== 'No';
});

document.querySelectorAll('[data-upload]').forEach((group) => {
  const field = group.dataset.upload;
  const wrapper = group.querySelector('.file-upload__wrapper');
  const input = group.querySelector('input[type=file]');
  group.querySelector('.btn').addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    const body = new FormData();
    body.append('field', field);
    body.append('file', file);
    const { key, name } = await (await fetch('/harborlight/uploads', { method: 'POST', body })).json();
    await wait(150);
    uploads[field] = key;
    wrapper.innerHTML = '<div class="file-upload__filename"><p></p><button type="button" class="icon-button" aria-label="Remove file">×</button></div>';
    wrapper.querySelector('p').textContent = name;
    say(field, '');
  });
});

function say(id, text) {
  const place = document.getElementById(`${id}-error`);
  if (place) place.textContent = text;
  document.getElementById(id)?.setAttribute('aria-invalid', String(Boolean(text)));
}

function read() {
  const fields = {};
  form.querySelectorAll('input.input, textarea.input').forEach((control) => { if (control.value) fields[control.id] = control.value; });
  selects.forEach((select, id) => { if (select.value) fields[id] = select.value; });
  form.querySelectorAll('fieldset.checkbox').forEach((group) => {
    const labels = [...group.querySelectorAll('input:checked')].map((box) => group.querySelector(`label[for="${box.id}"]`).textContent);
    if (labels.length) fields[group.id] = labels;
  });
  return fields;
}

function missing(fields) {
  const required = [...form.querySelectorAll('[aria-required=true]')].map((control) => control.dataset.upload || control.id);
  return required.filter((id) => !fields[id] && !uploads[id]);
}

function complain(text) {
  const place = form.querySelector('.application-error');
  place.hidden = !text;
  place.textContent = text;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  complain('');
  const fields = read();
  form.querySelectorAll('[aria-required=true]').forEach((control) => say(control.dataset.upload || control.id, ''));
  const gaps = missing(fields);
  gaps.forEach((id) => say(id, id === 'resume' ? 'Resume/CV is required' : 'This field is required'));
  if (gaps.length) return document.getElementById(gaps[0])?.focus();
  const answer = await fetch(form.dataset.submit, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ fields, uploads }) });
  const { confirmation, error, errors = {} } = await answer.json();
  Object.entries(errors).forEach(([id, text]) => say(id, text));
  if (error) complain(error === 'captcha-failed' ? 'Please complete the challenge.' : error);
  if (confirmation) location.assign(confirmation);
});
