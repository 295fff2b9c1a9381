import { Checkbox, Label, RadioGroup, Select, Switch } from 'radix-ui';
import { Application, Plain, Resume, show, useAnswers } from './application.jsx';
import { DEGREES, STATES, VETERAN, YES_NO } from './lists.js';

function Picker({ name, label, options, answers }) {
  return (
    <div className="field">
      <Label.Root htmlFor={name}>{label} *</Label.Root>
      <Select.Root onValueChange={answers.set(name)} value={answers.values[name] || ''}>
        <Select.Trigger id={name}><Select.Value placeholder="Select an option…" /><Select.Icon /></Select.Trigger>
        <Select.Portal><Select.Content position="popper"><Select.Viewport>
          {options.map((one) => <Select.Item key={one} value={one}><Select.ItemText>{one}</Select.ItemText></Select.Item>)}
        </Select.Viewport></Select.Content></Select.Portal>
      </Select.Root>
    </div>
  );
}

function Radios({ name, label, options, answers }) {
  return (
    <div className="field">
      <div id={`${name}-label`}>{label} *</div>
      <RadioGroup.Root aria-labelledby={`${name}-label`} onValueChange={answers.set(name)}>
        {options.map((one) => (
          <div key={one}><RadioGroup.Item value={one} id={`${name}-${one}`} className="box"><RadioGroup.Indicator>•</RadioGroup.Indicator></RadioGroup.Item>
            <label htmlFor={`${name}-${one}`}>{one}</label></div>
        ))}
      </RadioGroup.Root>
    </div>
  );
}

function Page() {
  const answers = useAnswers();
  return (
    <Application answers={answers} required={['first', 'last', 'email', 'resume', 'state', 'degree', 'authorized', 'terms']}>
      {(errors) => <>
        <style>{'.box { width: 18px; height: 18px; border: 1px solid; background: #fff; padding: 0 }'}</style>
        <Plain label="Given name" name="first" answers={answers} error={errors.first} />
        <Plain label="Family name" name="last" answers={answers} error={errors.last} />
        <Plain label="Your email" name="email" type="email" answers={answers} error={errors.email} />
        <Resume answers={answers} error={errors.resume} />
        <Picker name="state" label="State" options={STATES} answers={answers} />
        <Picker name="degree" label="What is the highest degree you hold?" options={DEGREES} answers={answers} />
        <Picker name="veteran" label="Veteran status" options={VETERAN} answers={answers} />
        <Radios name="authorized" label="Are you eligible to work in the U.S.?" options={YES_NO} answers={answers} />
        <div className="field"><Switch.Root id="relocate" className="box" style={{ width: 40 }} onCheckedChange={answers.set('relocate')}><Switch.Thumb /></Switch.Root>
          <label htmlFor="relocate">Willing to relocate</label></div>
        <div className="field"><Checkbox.Root id="terms" className="box" onCheckedChange={answers.set('terms')}><Checkbox.Indicator>✓</Checkbox.Indicator></Checkbox.Root>
          <label htmlFor="terms">I consent to the processing of my personal data *</label></div>
      </>}
    </Application>
  );
}

show(Page);
