// What waits for the person is drawn anew when something comes or goes, unless the person is writing.
import { fetchFragment } from './fragment.js';

document.addEventListener('feed', ({ detail: line }) => {
  if (line.type !== 'status' || (line.data.to !== 'REVIEW' && line.data.from !== 'REVIEW')) return;
  const waiting = document.getElementById('waiting');
  if ([...waiting.querySelectorAll('textarea, select')].some((one) => one.value)) return;
  fetchFragment(waiting.dataset.fragment, (fresh) => document.getElementById('waiting').replaceWith(fresh), '#waiting');
});
