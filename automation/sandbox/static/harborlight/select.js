// A combobox with the markup and manners of react-select: opens on mousedown or ArrowDown, takes a value only by
// mousedown on an option or Enter on the one that is lit; what is typed is a search, and goes when the focus does.

const DEBOUNCE = 300; // ms after the last key in which a list that is looked up begins to ask
const DROP = 800; // ms after which a list that drops its choice does so

function element(className, attributes = {}, text = '') {
  const made = document.createElement('div');
  made.className = className;
  made.textContent = text;
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

export class Select {
  constructor(root) {
    const { options, lookup, drop, many } = JSON.parse(root.dataset.select);
    Object.assign(this, { root, options, lookup, drop, many, values: [], shown: [], active: 0, asked: 0 });
    this.input = root.querySelector('.select__input');
    this.id = this.input.id;
    this.container = root.querySelector('.select__value-container');
    this.typed = root.querySelector('.select__input-container');
    this.indicators = root.querySelector('.select__indicators');
    this.shell = root.querySelector('.select-shell > div');
    this.mirror = root.querySelector('.requiredInput');
    root.querySelector('.select__control').addEventListener('mousedown', (event) => this.onPress(event));
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.input.addEventListener('input', () => this.onType());
    this.input.addEventListener('blur', () => this.close());
  }

  get value() { return this.many ? this.values : this.values[0] || ''; }

  // ---------------------------------------------------------------- the list

  onPress(event) {
    event.preventDefault();
    if (event.target.closest('.select__clear-indicator')) return void this.set([]);
    const pill = event.target.closest('.select__multi-value__remove');
    if (pill) return void this.set(this.values.filter((one) => one !== pill.dataset.value));
    this.input.focus();
    if (this.menu) this.close();
    else this.open();
  }

  onType() {
    this.typed.dataset.value = this.input.value;
    clearTimeout(this.timer);
    if (this.lookup) this.draw(this.input.value ? 'Loading...' : 'No options', []);
    this.timer = setTimeout(() => this.open(), this.lookup ? DEBOUNCE : 0);
  }

  onKey(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.menu) return void this.open();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.light((this.active + step + this.shown.length) % (this.shown.length || 1));
    } else if (event.key === 'Enter') {
      if (!this.menu) return;
      event.preventDefault();
      if (this.shown[this.active]) this.choose(this.shown[this.active]);
    } else if (event.key === 'Escape') this.close();
    else if (event.key === 'Backspace' && !this.input.value && this.values.length) this.set(this.values.slice(0, -1));
  }

  async matching() {
    const text = this.input.value.trim().toLowerCase();
    const fits = (option) => option.toLowerCase().includes(text) && !(this.many && this.values.includes(option));
    if (!this.lookup) return this.options.filter(fits);
    if (!text) return [];
    return (await fetch(`${this.lookup}?text=${encodeURIComponent(text)}`)).json();
  }

  async open() {
    this.asked += 1;
    const mine = this.asked;
    const found = await this.matching();
    if (mine !== this.asked || document.activeElement !== this.input) return;
    this.active = Math.max(0, found.indexOf(this.values[0]));
    this.draw('No options', found);
  }

  draw(notice, options) {
    this.menu?.remove();
    this.shown = options;
    this.menu = element('select__menu');
    const list = this.menu.appendChild(element('select__menu-list', { id: `react-select-${this.id}-listbox`, role: 'listbox' }));
    list.append(...options.map((text, index) => this.option(text, index)));
    if (!options.length) list.append(element(`select__menu-notice select__menu-notice--${notice === 'Loading...' ? 'loading' : 'no-options'}`, {}, notice));
    this.shell.append(this.menu);
    this.input.setAttribute('aria-expanded', 'true');
    this.input.setAttribute('aria-controls', list.id);
    this.light(this.active);
  }

  option(text, index) {
    const picked = this.values.includes(text);
    const made = element(`select__option${picked ? ' select__option--is-selected' : ''}`, {
      id: `react-select-${this.id}-option-${index}`, role: 'option', 'aria-selected': String(picked), 'aria-disabled': 'false', tabindex: '-1',
    }, text);
    made.addEventListener('mousemove', () => index === this.active || this.light(index));
    made.addEventListener('mousedown', (event) => { event.preventDefault(); event.stopPropagation(); this.choose(text); });
    return made;
  }

  light(index) {
    this.active = index;
    const options = [...this.menu.querySelectorAll('.select__option')];
    options.forEach((one, at) => one.classList.toggle('select__option--is-focused', at === index));
    options[index]?.scrollIntoView({ block: 'nearest' });
    if (options[index]) this.input.setAttribute('aria-activedescendant', options[index].id);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1; // what is still being looked up comes too late
    this.input.value = '';
    this.typed.dataset.value = '';
    this.menu?.remove();
    this.menu = null;
    this.input.setAttribute('aria-expanded', 'false');
    ['aria-controls', 'aria-activedescendant'].forEach((name) => this.input.removeAttribute(name));
  }

  // ---------------------------------------------------------------- the value

  choose(text) {
    this.set(this.many ? [...this.values, text] : [text]);
    this.close();
    this.root.querySelector('[role=log]').textContent = `option ${text}, selected.`;
    if (!this.drop) return;
    this.drop = false;
    setTimeout(() => this.set([]), DROP);
  }

  set(values) {
    this.values = values;
    this.container.querySelectorAll('.select__single-value, .select__multi-value, .select__placeholder').forEach((one) => one.remove());
    this.container.prepend(...(values.length ? values.map((text) => this.held(text)) : [this.placeholder()]));
    this.indicators.querySelector('.select__clear-indicator')?.remove();
    if (values.length) this.indicators.prepend(element('select__clear-indicator', { 'aria-hidden': 'false' }, '×'));
    if (values.length) this.mirror?.remove();
    else if (this.mirror) this.shell.append(this.mirror);
    this.root.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: this.value }));
  }

  placeholder() {
    return element('select__placeholder', { id: `react-select-${this.id}-placeholder` }, 'Select...');
  }

  held(text) {
    if (!this.many) return element('select__single-value', {}, this.inShort(text));
    const pill = element('select__multi-value');
    pill.append(element('select__multi-value__label', {}, text), element('select__multi-value__remove', { 'aria-label': `Remove ${text}`, role: 'button', 'data-value': text }, '×'));
    return pill;
  }

  // The country beside the phone number shows its dialling code alone.
  inShort(text) {
    return this.root.closest('.phone-input__country') ? text.slice(text.lastIndexOf('+')) : text;
  }
}
