// Decisions that the server has not taken yet, in order. They outlive the page, and are sent one after another.
// A decision leaves the outbox when the server has answered for it: taken, or refused for good.
import { gettext } from './words.js';

export const OFFLINE = gettext('You are offline, and it has been sent. Undo it when you are back.');
const AGAIN = 5000; // ms until a failed send is tried again

export class Outbox {
  constructor({ name, url, login, token, taken, refused }) {
    Object.assign(this, { name, url, login, token, taken, refused });
    addEventListener('online', () => this.flush());
    document.addEventListener('visibilitychange', () => document.hidden || this.flush());
  }

  get waiting() { return JSON.parse(localStorage.getItem(this.name) || '[]'); }
  set waiting(swipes) { localStorage.setItem(this.name, JSON.stringify(swipes)); }

  holds(job) { return this.waiting.some((swipe) => swipe.job === Number(job)); }

  add(swipe) {
    this.waiting = [...this.waiting, swipe];
    this.flush();
  }

  drop(key) { this.waiting = this.waiting.filter((swipe) => swipe.key !== key); }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (let [swipe] = this.waiting; swipe; [swipe] = this.waiting) {
        this.current = swipe.key;
        if (!(await this.send(swipe))) { this.timer = setTimeout(() => this.flush(), AGAIN); break; }
      }
    } finally {
      this.sending = false;
      this.current = null;
    }
  }

  // True once the server has answered for this decision.
  async send(swipe) {
    let answer;
    try {
      answer = await this.ask('POST', this.url, swipe);
    } catch { return false; } // offline: it stays
    if (answer.status === 401 || answer.status === 403) return void location.assign(this.login);
    if (answer.status === 429 || answer.status >= 500) return false;
    this.drop(swipe.key);
    const body = await answer.json();
    if (answer.ok) this.taken(body);
    else this.refused(swipe, body.detail, body.code);
    return true;
  }

  // Take a decision back: from the outbox if it never left, else from the server. Returns why not, if not.
  async takeBack(key) {
    if (this.waiting.some((swipe) => swipe.key === key) && this.current !== key) return void this.drop(key);
    try {
      await this.flushed(key);
      const answer = await this.ask('DELETE', `${this.url}${key}/`);
      return answer.ok ? '' : (await answer.json()).detail;
    } catch {
      return OFFLINE;
    }
  }

  async flushed(key) {
    while (this.current === key) await new Promise((resolve) => { setTimeout(resolve, 20); });
  }

  ask(method, url, body) {
    return fetch(url, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.token() },
      body: body && JSON.stringify(body),
    });
  }
}
