// The elements that the form is made of, each with an open shadow root. What they hold is in `values`, by name.

import { control } from '/static/controlled.js';

export const values = {};
const SOON = 400; // ms after the last key until a place is looked up
const STYLE = `<link rel="stylesheet" href="/static/hosted.css"><style>:host { display: block; } .error { margin: .2rem 0 0; }</style>`;
let count = 0;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

class Field extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    count += 1;
    this.id_ = `spl-form-element_${count}`;
    this.name = this.getAttribute('name') || '';
    this.label = this.getAttribute('label') || '';
    this.required = this.hasAttribute('required');
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `${STYLE}${this.html()}<div class="error" role="alert"></div>`;
    this.one = (selector) => root.querySelector(selector);
    this.start();
  }

  get title() { return `${escaped(this.label)}${this.required ? '*' : ''}`; }

  get value() { return values[this.name]; }

  check() {
    const lacks = this.required && !this.value;
    this.shadowRoot.querySelector('.error').textContent = lacks ? 'Value is required' : '';
    return !lacks;
  }
}

customElements.define('spl-input', class extends Field {
  html() {
    return `<div class="field"><label for="${this.id_}">${this.title}</label><input id="${this.id_}" type="${this.getAttribute('kind') || 'text'}"${this.required ? ' aria-required="true"' : ''}></div>`;
  }

  start() { control(this.one('input'), (value) => { values[this.name] = value; }); }
});

customElements.define('spl-textarea', class extends Field {
  html() { return `<div class="field"><label for="${this.id_}">${this.title}</label><textarea id="${this.id_}"></textarea></div>`; }

  start() { control(this.one('textarea'), (value) => { values[this.name] = value; }); }
});

customElements.define('spl-autocomplete', class extends Field {
  html() {
    return `<div class="field application-field" data-test="location-autocomplete"><label for="${this.id_}">${this.title}</label><input id="${this.id_}" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="${this.id_}_list" autocomplete="off" aria-required="${this.required}"><div id="${this.id_}_list" role="listbox" class="listbox" hidden></div></div>`;
  }

  start() {
    const input = this.one('input');
    const list = this.one('.listbox');
    const show = (open) => { list.hidden = !open; input.setAttribute('aria-expanded', String(open)); };
    let timer;
    const set = control(input, (text) => {
      clearTimeout(timer);
      show(false);
      values[this.name] = '';
      if (text.length > 2) timer = setTimeout(() => look(text), SOON);
    });
    const look = async (text) => {
      const found = await (await fetch(`/fernhall/oneclick-ui/api/places?q=${encodeURIComponent(text)}`)).json();
      if (text !== input.value) return; // asked too long ago
      list.replaceChildren(...found.map((place) => {
        const row = document.createElement('spl-select-option');
        row.setAttribute('role', 'option');
        row.style.display = 'block';
        row.innerHTML = `<span title="${escaped(place)}">${escaped(place)}</span>`;
        row.addEventListener('mousedown', (event) => { event.preventDefault(); values[this.name] = place; set(place); show(false); });
        return row;
      }));
      show(true);
    };
    input.addEventListener('blur', () => { clearTimeout(timer); show(false); if (!values[this.name]) set(''); });
  }
});

customElements.define('spl-phone-field', class extends Field {
  html() {
    return `<div class="field"><span class="label">${this.title}</span><spl-select name="phoneCountry" label="Country code" options='["+1","+44","+49","+91"]' preset="+1"></spl-select><spl-input name="${this.name}" kind="tel" label="Phone number"${this.required ? ' required' : ''}></spl-input></div>`;
  }

  start() { /* its parts are fields of their own */ }
});

customElements.define('spl-select', class extends Field {
  html() {
    const options = JSON.parse(this.getAttribute('options'));
    return `<div class="field application-field"><label id="${this.id_}_label">${this.title}</label><button type="button" role="combobox" aria-haspopup="listbox" aria-expanded="false" aria-labelledby="${this.id_}_label" aria-controls="${this.id_}_list" class="control" id="${this.id_}"><span class="placeholder">Select</span></button><div role="listbox" id="${this.id_}_list" class="listbox" hidden>${options.map((one) => `<div role="option">${escaped(one)}</div>`).join('')}</div></div>`;
  }

  start() {
    const button = this.one('button');
    const list = this.one('.listbox');
    const show = (open) => { list.hidden = !open; button.setAttribute('aria-expanded', String(open)); };
    const pick = (text) => { values[this.name] = text; button.textContent = text; show(false); };
    if (this.getAttribute('preset')) pick(this.getAttribute('preset'));
    button.addEventListener('click', () => show(list.hidden));
    button.addEventListener('keydown', ({ key }) => { if (key === 'Escape') show(false); });
    list.querySelectorAll('[role=option]').forEach((row) => row.addEventListener('click', () => pick(row.textContent)));
  }
});

customElements.define('spl-radio-group', class extends Field {
  html() {
    const options = JSON.parse(this.getAttribute('options'));
    return `<div role="radiogroup" aria-labelledby="${this.id_}"><span class="label" id="${this.id_}">${this.title}</span>${options.map((one) => `<spl-radio label="${escaped(one)}" value="${escaped(one)}"></spl-radio>`).join('')}</div>`;
  }

  start() {
    const radios = [...this.shadowRoot.querySelectorAll('spl-radio')];
    radios.forEach((one) => one.addEventListener('click', () => {
      radios.forEach((other) => other.turn(other === one));
      values[this.name] = one.getAttribute('value');
    }));
  }
});

customElements.define('spl-radio', class extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.setAttribute('role', 'radio');
    this.setAttribute('aria-label', this.getAttribute('label'));
    this.tabIndex = 0;
    this.turn(false);
    this.attachShadow({ mode: 'open' }).innerHTML = `${STYLE}<div class="choice"><span class="dot"></span><span>${this.getAttribute('label')}</span></div>`;
  }

  turn(on) { this.setAttribute('aria-checked', String(on)); }
});

customElements.define('spl-checkbox', class extends Field {
  html() { return `<label class="consent"><input type="checkbox" id="${this.id_}"${this.required ? ' aria-required="true"' : ''}><span>${this.title}</span></label>`; }

  start() { this.one('input').addEventListener('change', ({ target }) => { values[this.name] = target.checked ? 'Yes' : ''; }); }
});

customElements.define('spl-dropzone', class extends Field {
  html() { return `<div class="upload-file-overlay"><span class="name"></span><label for="file-input">Choose a file or drop it here</label><p class="soft">10MB size limit</p><input type="file" id="file-input" class="gone"></div>`; }

  get value() { return this.key; }

  start() {
    const input = this.one('input');
    input.addEventListener('change', async () => {
      const body = new FormData();
      body.append('file', input.files[0]);
      const { key } = await (await fetch('/fernhall/oneclick-ui/api/upload', { method: 'POST', body })).json();
      this.key = key;
      this.one('.name').textContent = `${input.files[0].name} `;
    });
  }
});

customElements.define('spl-button', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = `${STYLE}<button type="button" class="button"><span>${this.getAttribute('label')}</span></button>`;
  }
});
