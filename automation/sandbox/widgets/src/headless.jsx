import { Checkbox, Combobox, ComboboxButton, ComboboxInput, ComboboxOption, ComboboxOptions, Field, Label, Listbox, ListboxButton, ListboxOption, ListboxOptions, Radio, RadioGroup } from '@headlessui/react';
import { useState } from 'react';
import { Application, Plain, Resume, show, useAnswers } from './application.jsx';
import { COUNTRIES, MODES, SKILLS, YEARS } from './lists.js';

function Picker({ name, label, options, answers, multiple = false }) {
  const value = answers.values[name] ?? (multiple ? [] : null);
  return (
    <Field className="field">
      <Label>{label} *</Label>
      <Listbox value={value} onChange={answers.set(name)} multiple={multiple}>
        <ListboxButton>{(multiple ? value.join(', ') : value) || 'Choose one'}</ListboxButton>
        <ListboxOptions anchor="bottom">{options.map((one) => <ListboxOption key={one} value={one}>{one}</ListboxOption>)}</ListboxOptions>
      </Listbox>
    </Field>
  );
}

function Country({ answers }) {
  const [query, setQuery] = useState('');
  const found = COUNTRIES.filter((one) => one.toLowerCase().includes(query.toLowerCase()));
  return (
    <Field className="field">
      <Label>Country *</Label>
      <Combobox value={answers.values.country ?? null} onChange={answers.set('country')} onClose={() => setQuery('')}>
        <ComboboxInput onChange={(event) => setQuery(event.target.value)} /><ComboboxButton>▾</ComboboxButton>
        <ComboboxOptions anchor="bottom">{found.map((one) => <ComboboxOption key={one} value={one}>{one}</ComboboxOption>)}</ComboboxOptions>
      </Combobox>
    </Field>
  );
}

function Page() {
  const answers = useAnswers();
  return (
    <Application answers={answers} required={['name', 'email', 'resume', 'country', 'years', 'skills', 'mode', 'truth']}>
      {(errors) => <>
        <style>{'[role=radio], [role=checkbox] { display: inline-block; min-width: 20px; min-height: 20px; border: 1px solid }'}</style>
        <Plain label="Name" name="name" answers={answers} error={errors.name} />
        <Plain label="E-mail address" name="email" answers={answers} error={errors.email} />
        <Resume answers={answers} error={errors.resume} />
        <Country answers={answers} />
        <Picker name="years" label="How many years of experience do you have?" options={YEARS} answers={answers} />
        <Picker name="skills" label="Skills" options={SKILLS} answers={answers} multiple />
        <RadioGroup value={answers.values.mode ?? null} onChange={answers.set('mode')} aria-label="Preferred work model" className="field">
          <p>Preferred work model *</p>
          {MODES.map((one) => <Field key={one}><Radio value={one} /><Label>{one}</Label></Field>)}
        </RadioGroup>
        <Field className="field"><Checkbox checked={Boolean(answers.values.truth)} onChange={answers.set('truth')} /><Label>I declare that my answers are true and accurate</Label></Field>
      </>}
    </Application>
  );
}

show(Page);
