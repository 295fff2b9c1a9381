// <push-switch>: messages on this device, on and off. The offer is shown where they are possible at all.
import { gettext } from './words.js';

const possible = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

class PushSwitch extends HTMLElement {
  async connectedCallback() {
    this.on = this.querySelector('[data-on]');
    this.off = this.querySelector('[data-off]');
    this.on.addEventListener('click', () => this.subscribe());
    this.off.addEventListener('click', () => this.unsubscribe());
    if (!possible) return void this.say(gettext('This browser takes no messages. On an iPhone, add JobSwipe to the home screen first.'));
    this.show(await this.current());
  }

  async current() { return (await navigator.serviceWorker.ready).pushManager.getSubscription(); }

  say(text) { this.querySelector('[data-state]').textContent = text; }

  show(subscription) {
    const denied = Notification.permission === 'denied';
    this.on.hidden = Boolean(subscription) || denied;
    this.off.hidden = !subscription;
    if (denied) this.say(gettext('Messages are blocked in this browser’s settings for this site.'));
    else this.say(subscription ? gettext('This device hears of the kinds below.') : gettext('This device hears of nothing yet.'));
  }

  async subscribe() {
    if ((await Notification.requestPermission()) !== 'granted') return void this.show(null);
    try {
      const { pushManager } = await navigator.serviceWorker.ready;
      const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) });
      const { endpoint, keys } = subscription.toJSON();
      const answer = await this.post(this.dataset.subscribe, { endpoint, ...keys });
      if (!answer.ok) { await subscription.unsubscribe(); return void this.say(await answer.text()); }
      location.reload();
    } catch { this.say(gettext('Your browser’s push service cannot be reached. Try again later.')); }
  }

  async unsubscribe() {
    const subscription = await this.current();
    if (subscription) {
      await this.post(this.dataset.unsubscribe, { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    location.reload();
  }

  post(url, values) {
    const token = this.querySelector('[name=csrfmiddlewaretoken]').value;
    return fetch(url, { method: 'POST', headers: { 'X-CSRFToken': token }, body: new URLSearchParams(values) });
  }
}

function bytes(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/').padEnd(Math.ceil(text.length / 4) * 4, '='));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

customElements.define('push-switch', PushSwitch);
if (possible && Notification.permission === 'default') document.querySelectorAll('[data-push-offer]').forEach((one) => { one.hidden = false; });
