// <live-feed data-after="N">: carries the person's feed to the page as "feed" events on the document, in order and
// without gaps: by WebSocket, else as Server-Sent Events, else by polling. Says in the footer which one it is.
import { gettext } from './words.js';

const POLL = 3000; // ms between two polls
const FIRST_WAIT = 1000; // ms until the socket is tried again; doubled up to LONGEST_WAIT
const LONGEST_WAIT = 30000;

class LiveFeed extends HTMLElement {
  connectedCallback() {
    this.after = Number(this.dataset.after);
    this.wait = FIRST_WAIT;
    this.show('polling', gettext('connecting'));
    this.connect();
    addEventListener('online', () => this.connect());
    addEventListener('offline', () => this.socket?.close()); // it would call itself open for minutes
    document.addEventListener('visibilitychange', () => document.hidden || this.connect());
  }

  show(state, text) {
    this.setAttribute('state', state);
    this.textContent = text;
  }

  connect() {
    if (this.socket) return;
    clearTimeout(this.retry);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const again = this.wasOpen ? '&again' : ''; // for the operators' figures
    try {
      this.socket = new WebSocket(`${scheme}://${location.host}/ws/events/?after=${this.after}${again}`);
    } catch { return void this.onClose(); }
    this.socket.onopen = ({ target }) => { target.wasOpen = this.wasOpen = true; this.wait = FIRST_WAIT; this.stopStream(); this.stopPolling(); this.show('live', gettext('live')); };
    this.socket.onmessage = (message) => this.take(JSON.parse(message.data));
    this.socket.onclose = ({ target }) => this.onClose(target.wasOpen);
  }

  // A line that was open comes back at once: the site restarts, or the network has changed. Each page after a time of
  // its own, since all lose theirs together.
  onClose(wasOpen = false) {
    this.socket = null;
    this.retry = setTimeout(() => this.connect(), this.wait * (0.5 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    if (!wasOpen) this.stream();
  }

  stream() {
    if (this.source) return;
    try {
      this.source = new EventSource(`/events/?after=${this.after}`);
    } catch { return void this.poll(); }
    this.source.onopen = () => { this.stopPolling(); this.show('live', gettext('live by stream')); };
    this.source.onmessage = (message) => this.take(JSON.parse(message.data));
    this.source.onerror = () => { this.stopStream(); this.poll(); };
  }

  stopStream() {
    this.source?.close();
    this.source = null;
  }

  take(line) {
    if (line.seq <= this.after) return; // seen already
    if (line.seq > this.after + 1) return void this.catchUp();
    this.after = line.seq;
    document.dispatchEvent(new CustomEvent('feed', { detail: line }));
  }

  async catchUp() {
    const answer = await fetch(`/api/v1/events/?after=${this.after}`);
    if (!answer.ok) throw new Error(answer.statusText);
    (await answer.json()).events.forEach((line) => this.take(line));
  }

  poll() {
    if (this.polling) return;
    const round = async () => {
      try {
        await this.catchUp();
        if (this.polling) this.show('polling', gettext('checking every few seconds'));
      } catch {
        if (this.polling) this.show('offline', gettext('offline'));
      }
      if (this.polling) this.polling = setTimeout(round, POLL);
    };
    this.polling = setTimeout(round, 0);
  }

  stopPolling() {
    clearTimeout(this.polling);
    this.polling = null;
  }
}

customElements.define('live-feed', LiveFeed);
