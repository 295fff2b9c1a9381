// Says what went wrong with a passkey, and shows what only works with one.
import { gettext } from './words.js';

const SAID = { NotAllowedError: gettext('That was not completed. Try again, or take another way.'), InvalidStateError: gettext('This device has a passkey for you already.'), SecurityError: gettext('Passkeys need a secure address (https, or localhost).') };

document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  const note = document.querySelector('[data-passkey-problem]');
  note.textContent = SAID[event.detail.exception?.name] || gettext('The passkey could not be used here.');
  note.hidden = false;
});

if (window.PublicKeyCredential) document.querySelectorAll('[data-passkey]').forEach((one) => { one.hidden = false; });
