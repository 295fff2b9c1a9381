// The board follows the feed: a ticket whose application has moved is drawn anew, in the column where it now stands.
// What has been sent can be dragged on; the form "Move to…" in each ticket does the same.
import { drawAllowance, fetchFragment, swap } from './fragment.js';

const board = document.querySelector('.board');
const ticketOf = (id) => document.getElementById(`application-${id}`);

function count() {
  board.querySelectorAll('.column').forEach((one) => {
    const number = one.querySelector('[data-count]');
    if (number) number.textContent = one.querySelectorAll('.ticket').length;
  });
}

function place(ticket) {
  const old = document.getElementById(ticket.id);
  ticket.classList.add('ticket--fresh');
  swap(old, ticket, () => {
    old?.remove();
    board.querySelector(`[data-column="${ticket.dataset.column}"] .column__list`).prepend(ticket);
  });
  count();
}

// A swipe that was taken back leaves no ticket.
const remove = (id) => { ticketOf(id)?.remove(); count(); };

const draw = (id) => fetchFragment(board.dataset.card.replace('/0/', `/${id}/`), place, undefined, () => remove(id));

document.addEventListener('feed', ({ detail: line }) => {
  if (line.type === 'status') drawAllowance();
  if (line.type !== 'step' || line.data.step === 'your_turn' || ticketOf(line.application)?.matches('[data-asks]')) return void draw(line.application);
  const bar = ticketOf(line.application)?.querySelector('progress');
  if (bar) { bar.hidden = false; bar.value = line.data.percent; }
});

// ---------------------------------------------------------------- dragging

let dragged = null;

board.addEventListener('dragstart', (event) => {
  dragged = event.target.closest('.ticket[draggable]');
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.id);
  board.classList.add('board--dragging');
});

board.addEventListener('dragend', () => { dragged = null; board.classList.remove('board--dragging'); });

board.addEventListener('dragover', (event) => {
  if (dragged && event.target.closest('[data-stage]')) event.preventDefault();
});

board.addEventListener('drop', async (event) => {
  const column = event.target.closest('[data-stage]');
  if (!dragged || !column) return;
  event.preventDefault();
  const ticket = dragged;
  const form = ticket.querySelector('.move form');
  const body = new FormData(form);
  body.set('stage', column.dataset.stage);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    if (answer.type !== 'opaqueredirect') throw new Error(answer.statusText);
  } finally {
    draw(ticket.id.replace('application-', '')); // as it stands now, whatever the answer was
  }
});
