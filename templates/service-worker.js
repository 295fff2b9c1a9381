// Keeps the assets and one page for no connection. Pages of people are never kept: they always come from the server.
{% autoescape off %}
const CACHE = 'jobswipe-{{ version }}';
const ASSETS = [{% for one in assets %}'{{ one|escapejs }}', {% endfor %}];
const STATIC = '{{ static|escapejs }}';
const HASHED = {{ hashed|yesno:"true,false" }}; // a hashed name never changes its content
{% endautoescape %}const OFFLINE = '/offline';

addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') return void event.respondWith(fetch(request).catch(offlinePage));
  if (url.pathname.startsWith(STATIC)) event.respondWith(HASHED ? keptFirst(request) : freshFirst(request));
});

// Sign-out: nothing of a person is in here; it is emptied all the same, and filled anew with what is everybody's.
addEventListener('message', (event) => {
  if (event.data === 'signed-out') event.waitUntil(caches.delete(CACHE).then(fill));
});

// A message: what happened to an application. A later one on the same application takes its place.
addEventListener('push', (event) => {
  const { title = 'JobSwipe', body = '', url = '/applications', tag } = event.data?.json() ?? {};
  const icon = '{% load static %}{% static 'img/icon-192.png' %}';
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon, renotify: Boolean(tag), data: { url } }));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, location.origin).href));
});

async function open(url) {
  const pages = await self.clients.matchAll({ type: 'window' });
  const page = pages.find((one) => one.url === url);
  return page ? page.focus() : self.clients.openWindow(url);
}

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([OFFLINE, ...ASSETS].map((url) => new Request(url, { cache: 'reload', credentials: 'omit' })));
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('jobswipe-') && name !== CACHE).map((name) => caches.delete(name)));
}

async function offlinePage() {
  return (await caches.match(OFFLINE)) || Response.error();
}

async function keptFirst(request) {
  return (await caches.match(request)) || fetch(request);
}

async function freshFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}
