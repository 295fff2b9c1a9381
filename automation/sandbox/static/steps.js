// Shows the parts of a form one after the other: "Next" goes on once the part is complete, "Back" goes back.

const form = document.querySelector('form.application');
const parts = [...form.querySelectorAll('.part')];
const progress = document.createElement('p');
progress.className = 'progress';
form.prepend(progress);

function show(number) {
  parts.forEach((part, index) => { part.hidden = index !== number; });
  progress.textContent = `Step ${number + 1} of ${parts.length}`;
}

function button(text, act) {
  const made = document.createElement('button');
  Object.assign(made, { type: 'button', className: 'step', textContent: text });
  made.addEventListener('click', act);
  return made;
}

function isComplete(part) {
  return [...part.querySelectorAll('input, select, textarea')].every((control) => control.reportValidity());
}

function go(number) {
  show(number);
  progress.scrollIntoView({ block: 'nearest' });
}

parts.forEach((part, index) => {
  const buttons = part.appendChild(document.createElement('p'));
  buttons.className = 'steps';
  if (index) buttons.append(button('Back', () => go(index - 1)));
  if (index < parts.length - 1) buttons.append(button('Next', () => isComplete(part) && go(index + 1)));
});
show(Math.max(0, parts.findIndex((part) => part.querySelector('.error'))));
