// The site as an application: its service worker, and leaving nothing behind at sign-out.

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/service-worker.js').catch(() => { /* no secure address: it is a site all the same */ });
  document.querySelector('form[action$="/logout/"]')?.addEventListener('submit', () => {
    navigator.serviceWorker.controller?.postMessage('signed-out');
  });
}
