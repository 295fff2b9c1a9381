// An application's page follows the feed: the part that changes is drawn anew, unless the person is writing in it.
import { fetchFragment, swap } from './fragment.js';

const page = document.querySelector('[data-application]');

function place(fresh) {
  const live = document.getElementById('live');
  const isWriting = live.dataset.status === fresh.dataset.status && [...live.querySelectorAll('[name=answer]')].some((one) => one.value);
  if (isWriting) return;
  for (const open of live.querySelectorAll('details[open][id]')) fresh.querySelector(`#${open.id}`)?.setAttribute('open', '');
  swap(live, fresh);
  const said = [...fresh.querySelectorAll('.state .chip, .state > p')].map((one) => one.textContent).join(' ');
  const region = document.querySelector('[data-said]');
  if (region.textContent !== said) region.textContent = said; // read out once, and only what is new
}

document.addEventListener('feed', ({ detail: line }) => {
  if (line.application === Number(page.dataset.application)) fetchFragment(page.dataset.fragment, place);
});
