// The page of devices is drawn anew when something happens, and every few seconds for who is there; unless somebody
// is typing a new name.
import { fetchFragment } from './fragment.js';

const AGAIN = 10000; // ms
const NEWS = 500; // ms: many steps in a row draw it once

let due;

function draw() {
  clearTimeout(due);
  due = setTimeout(draw, AGAIN);
  const paired = document.getElementById('paired');
  if (document.hidden || paired.contains(document.activeElement)) return;
  fetchFragment(paired.dataset.fragment, (fresh) => document.getElementById('paired').replaceWith(fresh), '#paired');
}

document.addEventListener('feed', () => { clearTimeout(due); due = setTimeout(draw, NEWS); });
due = setTimeout(draw, AGAIN);
