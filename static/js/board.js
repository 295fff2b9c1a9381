// The board follows the feed: a ticket whose application has moved is drawn anew, in the column where it now stands.
import { fetchFragment } from './fragment.js';

const board = document.querySelector('.board');

function place(ticket) {
  document.getElementById(ticket.id)?.remove();
  const column = [...board.querySelectorAll('.column')].find((one) => one.dataset.statuses.split(' ').includes(ticket.dataset.status));
  ticket.classList.add('ticket--fresh');
  column.querySelector('.column__list').prepend(ticket);
  board.querySelectorAll('.column').forEach((one) => { one.querySelector('[data-count]').textContent = one.querySelectorAll('.ticket').length; });
}

document.addEventListener('feed', ({ detail: line }) => {
  if (line.type === 'status') return void fetchFragment(board.dataset.card.replace('/0/', `/${line.application}/`), place);
  const bar = document.querySelector(`#application-${line.application} progress`);
  if (bar) { bar.hidden = false; bar.value = line.data.percent; }
});
