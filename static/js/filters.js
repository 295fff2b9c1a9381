// <job-filters>: tells beside each choice how many open jobs it would leave, as the choices are made.
import { ngettext, put } from './words.js';

const PAUSE = 250; // ms without a change before the counts are asked for
const MOST = 200; // the server counts no further

class JobFilters extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector('details');
    this.form = this.querySelector('form');
    this.sheet.addEventListener('toggle', () => this.sheet.open && this.count());
    this.form.addEventListener('input', () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.count(), PAUSE); });
    this.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.close(); });
  }

  close() {
    this.sheet.open = false;
    this.querySelector('summary').focus();
  }

  async count() {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.counts}?${new URLSearchParams(new FormData(this.form))}`, { signal: this.asking.signal });
      if (answer.ok && !answer.redirected) this.show(await answer.json());
    } catch { /* offline, or a newer question: the form works without counts */ }
  }

  show({ of: counts, more }) {
    this.querySelectorAll('[data-count]').forEach((place) => {
      const [name, value] = place.dataset.count.split('=');
      const count = counts[name]?.[value];
      if (count === undefined) { place.textContent = ''; place.closest('.choice')?.classList.remove('choice--empty'); return; }
      const isMore = count > MOST || more.includes(place.dataset.count);
      const words = `${Math.min(count, MOST)}${isMore ? '+' : ''}`;
      place.textContent = name === 'all' ? put(ngettext('%(count)s job', '%(count)s jobs', count), { count: words }) : words;
      place.closest('.choice')?.classList.toggle('choice--empty', count === 0);
    });
  }
}

customElements.define('job-filters', JobFilters);
