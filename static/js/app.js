// The site as an application: its service worker, leaving nothing behind at sign-out, times as the clock here has them,
// and the first field that is wrong.

document.querySelector('[aria-invalid=true]')?.focus(); // what is wrong may stand below the screen

document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/service-worker.js').catch(() => { /* no secure address: it is a site all the same */ });
  document.querySelector('form[action$="/logout/"]')?.addEventListener('submit', () => {
    navigator.serviceWorker.controller?.postMessage('signed-out'); // the server forgets this browser's subscription
  });
}
