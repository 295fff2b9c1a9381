// Twelve fields, five of them comboboxes: the form by which the engine's speed is measured.
import Select from 'react-select';
import { Application, Plain, Resume, show, useAnswers } from './application.jsx';
import { COUNTRIES, DEGREES, SOURCES, YES_NO, asOptions } from './lists.js';

const LISTS = [
  ['country', 'Country', COUNTRIES], ['degree', 'Highest level of education', DEGREES], ['source', 'How did you hear about us?', SOURCES],
  ['authorized', 'Are you legally authorized to work in the United States?', YES_NO], ['sponsor', 'Will you now or in the future require sponsorship?', YES_NO],
];
const TEXTS = [['first', 'First name'], ['last', 'Last name'], ['email', 'Email'], ['phone', 'Phone'], ['linkedin', 'LinkedIn profile'], ['why', 'Why do you want to work at Meridian?']];

function Page() {
  const answers = useAnswers();
  return (
    <Application answers={answers} required={[...TEXTS, ...LISTS].map(([name]) => name)}>
      {(errors) => <>
        {TEXTS.map(([name, label]) => <Plain key={name} label={label} name={name} answers={answers} error={errors[name]} />)}
        <Resume answers={answers} error={errors.resume} />
        {LISTS.map(([name, label, options]) => (
          <div className="field" key={name}><label htmlFor={name}>{label} *</label>
            <Select inputId={name} classNamePrefix="select" options={asOptions(options)} onChange={(option) => answers.set(name)(option.label)} /></div>
        ))}
      </>}
    </Application>
  );
}

show(Page);
