// An application's page follows the feed: the part that changes is drawn anew, unless the person is writing in it.
import { fetchFragment } from './fragment.js';

const page = document.querySelector('[data-application]');

function place(fresh) {
  const live = document.getElementById('live');
  const isWriting = live.dataset.status === fresh.dataset.status && [...live.querySelectorAll('textarea, select')].some((one) => one.value);
  if (isWriting) return;
  for (const open of live.querySelectorAll('details[open][id]')) fresh.querySelector(`#${open.id}`)?.setAttribute('open', '');
  live.replaceWith(fresh);
}

document.addEventListener('feed', ({ detail: line }) => {
  if (line.application === Number(page.dataset.application)) fetchFragment(page.dataset.fragment, place);
});
