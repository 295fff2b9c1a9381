// An application form as single-page sites have them: values live in state, and are checked and sent at the click.
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

export function useAnswers() {
  const [values, setValues] = useState({});
  const set = (name) => (value) => setValues((old) => ({ ...old, [name]: value }));
  const typed = (name) => ({ value: values[name] || '', onChange: (event) => set(name)(event.target.value) });
  return { values, set, typed };
}

export const isEmpty = (value) => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
export async function send(values) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) if (!isEmpty(one)) body.append(name, one);
  }
  return fetch(location.pathname, { method: 'POST', body });
}

export function Application({ answers, required, children, check = () => ({}) }) {
  const [errors, setErrors] = useState({});
  const [state, setState] = useState('open');
  if (state === 'sent') return <main><h2>Thank you for applying!</h2><p>We have received your application.</p></main>;
  const submit = async (event) => {
    event.preventDefault();
    const lacking = required.filter((name) => isEmpty(answers.values[name])).map((name) => [name, 'This field is required']);
    const wrong = { ...Object.fromEntries(lacking), ...check(answers.values) };
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    setState('sending');
    const answer = await send(answers.values);
    setState(answer.ok ? 'sent' : 'open');
  };
  return (
    <main>
      <h1>Workshop engineer</h1>
      <form onSubmit={submit} noValidate>
        {children(errors)}
        {Object.keys(errors).length > 0 && <p role="alert">Please correct the fields: {Object.keys(errors).join(', ')}</p>}
        <button type="submit" disabled={state === 'sending'}>Submit application</button>
      </form>
    </main>
  );
}

export function Plain({ label, name, answers, type = 'text', star = true, error, ...more }) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}{star && <span aria-hidden="true"> *</span>}</label>
      <input id={name} type={type} aria-required={star} aria-invalid={Boolean(error)} {...answers.typed(name)} {...more} />
      {error && <p className="field-error" role="alert">{error}</p>}
    </div>
  );
}

export function Resume({ answers, error }) {
  return (
    <div className="field">
      <label htmlFor="resume">Resume/CV *</label>
      <input id="resume" type="file" accept=".pdf,.docx" onChange={(event) => answers.set('resume')(event.target.files[0])} />
      {error && <p className="field-error" role="alert">{error}</p>}
    </div>
  );
}

export const show = (Page) => createRoot(document.getElementById('root')).render(<Page />);
