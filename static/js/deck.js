// <job-deck>: cards that are decided by drag, button or key. Decisions go to an outbox first and are sent in order.
import { drawAllowance } from './fragment.js';
import { OFFLINE, Outbox } from './outbox.js';
import { gettext, put } from './words.js';

const EDGE = 20; // px from the screen's edge that belong to the system's own gestures
const COMMIT = 0.35; // of the card's width
const FLICK = 0.5; // px/ms, over more than FLICK_WAY px, taken over the last FLICK_TIME ms
const FLICK_WAY = 50;
const FLICK_TIME = 100;
const FETCH_AT = 5; // cards left when the next batch is fetched
const FETCH_AGAIN = 5000; // ms until a failed fetch is tried again
const DOUBLE_CLICK = 300; // ms in which a second press is meant for the button that has just gone
const KEYS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'save' };
const SAID = { left: gettext('Passed: %(job)s. You can undo this.'), right: gettext('Queued: %(job)s. You can undo this.'), save: gettext('Saved: %(job)s. You can undo this.') };

class JobDeck extends HTMLElement {
  connectedCallback() {
    this.pile = this.querySelector('.deck__pile');
    this.undoForm = document.querySelector('[data-undo]');
    this.history = [];
    this.outbox = new Outbox({
      name: `jobswipe.outbox.${this.dataset.user}`,
      url: this.dataset.swipes,
      login: `${this.dataset.login}?${new URLSearchParams({ next: location.pathname + location.search })}`,
      token: () => document.querySelector('[name=csrfmiddlewaretoken]')?.value,
      taken: (swipe) => swipe.lane === 'device' && drawAllowance(),
      refused: (swipe, reason, code) => this.refuse(swipe, reason, code),
    });
    this.gone = new Map(); // job -> card, until the server has taken the decision
    this.exhausted = !this.top;
    this.cards.filter((card) => this.outbox.holds(card.dataset.job)).forEach((card) => this.shelve(card));
    this.addEventListener('submit', (event) => this.onSubmit(event));
    this.addEventListener('pointerdown', (event) => this.onDown(event));
    this.undoForm?.addEventListener('submit', (event) => this.onUndo(event));
    document.addEventListener('keydown', (event) => this.onKey(event));
    this.lay();
    this.outbox.flush();
    this.refill();
  }

  get cards() { return [...this.pile.querySelectorAll('.card:not(.card--going)')]; }
  get top() { return this.cards[0]; }

  // ------------------------------------------------------------ deciding

  onSubmit(event) {
    const card = event.target.closest('.card');
    if (!card || !event.submitter?.value) return;
    event.preventDefault();
    if (event.timeStamp - this.pressedAt < DOUBLE_CLICK) return;
    this.pressedAt = event.timeStamp;
    this.decide(card, event.submitter.value);
  }

  onKey(event) {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const keys = document.querySelector('.deck__keys').classList;
    if (event.key === '?') return void keys.toggle('deck__keys--shown');
    if (event.key === 'Escape') return void keys.remove('deck__keys--shown');
    if (event.key === 'z' || event.key === 'Z') return void this.undo();
    if (!this.top) return;
    if (event.key === 'ArrowDown') { event.preventDefault(); return void this.top.querySelector('.card__more').click(); }
    if (KEYS[event.key]) { event.preventDefault(); this.decide(this.top, KEYS[event.key]); }
  }

  decide(card, direction, from = { x: 0, y: 0 }) {
    const key = card.querySelector('[name=key]').value;
    const swipe = { job: Number(card.dataset.job), direction, key };
    if (direction === 'right') Object.assign(swipe, wishesOf(card));
    this.history.push({ ...swipe, card });
    const heading = this.fly(card, direction, from);
    this.offerUndo();
    this.say(put(SAID[direction], { job: card.dataset.title }));
    this.tell('');
    heading.focus({ preventScroll: true }); // after all changes, since it has the page laid out
    this.outbox.add(swipe);
    this.refill();
  }

  fly(card, direction, { x, y }) {
    const way = { left: [-1.4 * innerWidth, y], right: [1.4 * innerWidth, y], save: [x, -innerHeight] }[direction];
    card.classList.add('card--going');
    card.style.transform = `translate(${way[0]}px, ${way[1]}px) rotate(${way[0] / 40}deg)`;
    card.style.opacity = '0';
    this.gone.set(card.dataset.job, card);
    const settle = () => card.classList.contains('card--going') && card.remove();
    card.addEventListener('transitionend', settle, { once: true });
    setTimeout(settle, 300); // no transition, no event
    return this.lay();
  }

  // Only the top card is for hands, keys and readers; where there is none, a notice says why. Returns the heading.
  lay() {
    const { top } = this;
    this.pile.querySelectorAll('.card').forEach((card) => { card.toggleAttribute('inert', card !== top); });
    const [none, coming] = this.pile.querySelectorAll('.deck__empty');
    none.hidden = Boolean(top) || !this.exhausted;
    coming.hidden = Boolean(top) || this.exhausted;
    return (top || (this.exhausted ? none : coming)).querySelector('h2');
  }

  putBack(card) {
    card.classList.remove('card--going');
    Object.assign(card.style, { transform: '', opacity: '' });
    this.pile.prepend(card);
    this.gone.delete(card.dataset.job);
    this.lay().focus({ preventScroll: true });
  }

  refuse(swipe, reason, code) {
    const card = this.gone.get(String(swipe.job));
    if (card && code === 'same_posting') card.dataset.asked = 'yes';
    if (this.history.at(-1)?.key === swipe.key) this.say('');
    this.history = this.history.filter((one) => one.key !== swipe.key);
    if (card && code !== 'already_decided') { this.renew(card); this.putBack(card); } // else nothing is left to decide
    const more = card?.dataset.asked ? ` ${gettext('Press Apply once more to do so, or pass.')}` : '';
    this.tell((card ? `${card.dataset.title}: ${reason}` : reason) + more);
    this.offerUndo();
  }

  // Above the top card, which is read from its beginning, as what was decided and the way back are.
  tell(problem) {
    const notice = this.querySelector('[data-refusal]');
    notice.textContent = problem;
    notice.hidden = !problem;
    scrollTo(0, 0);
  }

  renew(card) { card.querySelector('[name=key]').value = newKey(); }

  // ------------------------------------------------------------ taking back

  onUndo(event) {
    if (!this.history.length) return; // the form takes back what an earlier page decided
    event.preventDefault();
    this.undo();
  }

  async undo() {
    const last = this.history.pop();
    if (!last) return this.undoForm?.hidden ? undefined : this.undoForm?.requestSubmit();
    const problem = await this.outbox.takeBack(last.key);
    if (problem === OFFLINE) this.history.push(last);
    this.offerUndo();
    this.tell(problem);
    if (problem) return;
    this.renew(last.card);
    this.putBack(last.card);
    this.say(put(gettext('Taken back: %(job)s.'), { job: last.card.dataset.title }));
  }

  offerUndo() {
    if (this.undoForm) this.undoForm.hidden = !this.history.length;
  }

  say(text) { document.querySelector('[data-say]').textContent = text; }

  // ------------------------------------------------------------ more cards

  async refill() {
    clearTimeout(this.timer);
    if (this.cards.length > FETCH_AT || this.fetching || this.exhausted) return;
    this.fetching = true;
    const asked = new URLSearchParams(this.dataset.filters);
    this.held.forEach((job) => asked.append('held', job));
    try {
      const answer = await fetch(`${this.dataset.more}?${asked}`);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      this.append(await answer.text());
    } catch { this.timer = setTimeout(() => this.refill(), FETCH_AGAIN); } // offline, or the server is busy
    this.fetching = false;
  }

  // What the page has, and what was decided here: the server may not have heard of it yet.
  get held() {
    const jobs = [...this.pile.querySelectorAll('.card')].map((card) => card.dataset.job);
    return new Set([...jobs, ...this.outbox.waiting.map((swipe) => String(swipe.job)), ...[...this.gone.keys()].slice(-100)]);
  }

  append(html) {
    const found = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('.card')];
    this.exhausted = !found.length;
    const fresh = found.filter((card) => !this.outbox.holds(card.dataset.job) && !this.pile.querySelector(`[data-job="${card.dataset.job}"]`));
    this.pile.querySelector('.deck__empty').before(...fresh);
    const isAwaited = this.pile.querySelector('.deck__empty:not([hidden])')?.contains(document.activeElement);
    const heading = this.lay();
    if (isAwaited) heading.focus({ preventScroll: true });
  }

  shelve(card) { this.gone.set(card.dataset.job, card); card.remove(); }

  // ------------------------------------------------------------ dragging

  onDown(event) {
    const card = event.target.closest('.card');
    if (!card || card !== this.top || event.button || event.target.closest('a, button, .card__how')) return;
    if (event.clientX < EDGE || event.clientX > innerWidth - EDGE) return;
    new Drag(this, card, event);
  }
}

class Drag {
  constructor(deck, card, event) {
    Object.assign(this, { deck, card, id: event.pointerId, x: event.clientX, y: event.clientY, dx: 0, dy: 0 });
    this.trail = [{ t: event.timeStamp, x: event.clientX }];
    this.listening = new AbortController();
    const options = { signal: this.listening.signal };
    card.setPointerCapture(event.pointerId);
    card.addEventListener('pointermove', (move) => this.move(move), options);
    card.addEventListener('pointerup', (up) => this.end(up), options);
    card.addEventListener('pointercancel', () => this.springBack(), options);
    card.classList.remove('card--back');
  }

  move(event) {
    if (event.pointerId !== this.id) return;
    this.dx = event.clientX - this.x;
    this.dy = event.clientY - this.y;
    this.trail.push({ t: event.timeStamp, x: event.clientX });
    this.card.style.transform = `translate(${this.dx}px, ${this.dy * 0.35}px) rotate(${this.dx / 22}deg)`;
    const strength = Math.min(Math.abs(this.dx) / (this.card.offsetWidth * COMMIT), 1);
    this.card.querySelector('.card__stamp--right').style.opacity = this.dx > 0 ? strength : 0;
    this.card.querySelector('.card__stamp--left').style.opacity = this.dx < 0 ? strength : 0;
  }

  speed(now) {
    const recent = this.trail.filter((point) => now - point.t <= FLICK_TIME);
    const [first, last] = [recent[0], recent.at(-1)];
    return first && last.t > first.t ? (last.x - first.x) / (last.t - first.t) : 0;
  }

  end(event) {
    if (event.pointerId !== this.id) return;
    const speed = this.speed(event.timeStamp);
    const far = Math.abs(this.dx) >= this.card.offsetWidth * COMMIT;
    const flicked = Math.abs(this.dx) > FLICK_WAY && Math.abs(speed) > FLICK && Math.sign(speed) === Math.sign(this.dx);
    if (!far && !flicked) return this.springBack();
    this.stop();
    this.deck.decide(this.card, this.dx > 0 ? 'right' : 'left', { x: this.dx, y: this.dy * 0.35 });
  }

  springBack() {
    this.stop();
    this.card.classList.add('card--back');
    this.card.style.transform = '';
  }

  stop() {
    this.listening.abort();
    this.card.querySelectorAll('.card__stamp').forEach((stamp) => { stamp.style.opacity = 0; });
  }
}

// What the person wants of this application alone, and the answer to "apply here as well?".
function wishesOf(card) {
  const said = new FormData(card.querySelector('.card__choices'));
  return {
    resume: Number(said.get('resume')) || undefined,
    cover_letter: said.get('cover_letter') || undefined,
    review: said.has('review') || undefined,
    again: Boolean(card.dataset.asked) || undefined,
  };
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on secure origins
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

customElements.define('job-deck', JobDeck);
