import Select from 'react-select';
import AsyncSelect from 'react-select/async';
import { Application, Plain, Resume, show, useAnswers } from './application.jsx';
import { COUNTRIES, DEGREES, GENDERS, SKILLS, SOURCES, YES_NO, asOptions, places } from './lists.js';

let waiting;
const lookUp = (text) => new Promise((resolve) => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => resolve((await places(text)).map((label) => ({ value: label, label }))), 250);
});

function Page() {
  const answers = useAnswers();
  const pick = (name) => (option) => answers.set(name)(Array.isArray(option) ? option.map((one) => one.label) : option?.label);
  const Choice = ({ error }) => error && <p className="field-error" role="alert">{error}</p>;
  return (
    <Application answers={answers} required={['first', 'last', 'email', 'resume', 'country', 'city', 'degree', 'authorized', 'sponsor', 'skills', 'source']}>
      {(errors) => <>
        <Plain label="First name" name="first" answers={answers} error={errors.first} />
        <Plain label="Last name" name="last" answers={answers} error={errors.last} />
        <Plain label="Email" name="email" answers={answers} error={errors.email} />
        <Plain label="LinkedIn profile" name="linkedin" star={false} answers={answers} />
        <Resume answers={answers} error={errors.resume} />
        <div className="field"><label htmlFor="country">Country *</label>
          <Select inputId="country" options={asOptions(COUNTRIES)} onChange={pick('country')} required aria-invalid={Boolean(errors.country)} /><Choice error={errors.country} /></div>
        <div className="field"><label htmlFor="city">Location (City) *</label>
          <AsyncSelect inputId="city" loadOptions={lookUp} onChange={pick('city')} placeholder="Start typing..." /><Choice error={errors.city} /></div>
        <div className="field"><p>Highest level of education *</p>
          <Select options={asOptions(DEGREES)} onChange={pick('degree')} menuPortalTarget={document.body} /><Choice error={errors.degree} /></div>
        <div className="field"><label id="auth-label">Are you legally authorized to work in the United States? *</label>
          <Select aria-labelledby="auth-label" options={asOptions(YES_NO)} onChange={pick('authorized')} isSearchable={false} classNamePrefix="select" /><Choice error={errors.authorized} /></div>
        <div className="field"><label id="sponsor-label">Will you now or in the future require sponsorship for employment visa status? *</label>
          <Select aria-labelledby="sponsor-label" options={asOptions(YES_NO)} onChange={pick('sponsor')} menuPlacement="top" unstyled /><Choice error={errors.sponsor} /></div>
        <div className="field"><label htmlFor="skills">Which of the following skills do you have? *</label>
          <Select inputId="skills" isMulti closeMenuOnSelect={false} options={asOptions(SKILLS)} onChange={pick('skills')} classNamePrefix="rs" /><Choice error={errors.skills} /></div>
        <div className="field"><label htmlFor="source">How did you hear about us? *</label>
          <Select inputId="source" options={asOptions(SOURCES)} onChange={pick('source')} isClearable /><Choice error={errors.source} /></div>
        <div className="field"><label htmlFor="gender">Gender</label>
          <Select inputId="gender" options={asOptions(GENDERS)} onChange={pick('gender')} /></div>
      </>}
    </Application>
  );
}

show(Page);
