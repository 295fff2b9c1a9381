// A form of plain HTML with a place for files that a library makes; what it has taken is sent with the form.
const text = (name, label, type = 'text') => `<div class="field"><label for="${name}">${label} *</label><input id="${name}" name="${name}" type="${type}" required></div>`;

export function draw() {
  document.getElementById('root').innerHTML = `<main><h1>Workshop engineer</h1><form>
    ${text('first', 'First name')}${text('last', 'Last name')}${text('email', 'Email', 'email')}
    <div class="field"><label>Resume *</label><div id="drop"></div></div>
    <button>Submit application</button></form></main>`;
}

export function sendWith(files) {
  const form = document.querySelector('form');
  form.onsubmit = async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    for (const file of files()) body.append('resume', file, file.name);
    const answer = await fetch(location.pathname, { method: 'POST', body });
    if (answer.ok) form.parentElement.innerHTML = '<h2>Thank you for applying!</h2>';
  };
}
