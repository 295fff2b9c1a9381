// What waits for the person is drawn anew when something comes or goes, unless the person is writing.
import { fetchFragment, swap } from './fragment.js';

document.addEventListener('feed', ({ detail: line }) => {
  if (line.type !== 'status' || (line.data.to !== 'REVIEW' && line.data.from !== 'REVIEW')) return;
  const waiting = document.getElementById('waiting');
  if ([...waiting.querySelectorAll('[name=answer]')].some((one) => one.value)) return;
  fetchFragment(waiting.dataset.fragment, (fresh) => swap(document.getElementById('waiting'), fresh), '#waiting');
});
