// The phone widget with its list of countries, a drop zone with a parsing phase, a rich-text editor, a calendar, twins and honeypots.
import 'intl-tel-input/styles';
import 'quill/dist/quill.snow.css';
import 'react-datepicker/dist/react-datepicker.css';
import intlTelInput from 'intl-tel-input/intlTelInputWithUtils';
import Quill from 'quill';
import { useEffect, useRef, useState } from 'react';
import DatePicker from 'react-datepicker';
import { useDropzone } from 'react-dropzone';
import { Application, Plain, show, useAnswers } from './application.jsx';

function Phone({ answers, error }) {
  const input = useRef(null);
  useEffect(() => {
    const phone = intlTelInput(input.current, { initialCountry: 'de', separateDialCode: true });
    const told = () => answers.set('phone')(phone.getNumber());
    input.current.addEventListener('input', told);
    input.current.addEventListener('countrychange', told);
    return () => phone.destroy();
  }, []);
  return <div className="field"><label htmlFor="phone">Mobile phone *</label><input id="phone" type="tel" ref={input} aria-invalid={Boolean(error)} />{error && <p role="alert">{error}</p>}</div>;
}

function Letter({ answers }) {
  const box = useRef(null);
  useEffect(() => {
    const editor = new Quill(box.current, { theme: 'snow', placeholder: 'Write here…' });
    editor.on('text-change', () => answers.set('why')(editor.getText().trim()));
  }, []);
  return <div className="field"><p id="why-label">Why do you want to work at Meridian? *</p><div ref={box} aria-labelledby="why-label" style={{ height: 120 }} /></div>;
}

function Drop({ answers }) {
  const [state, setState] = useState('');
  const { getRootProps, getInputProps } = useDropzone({ multiple: false, onDrop: ([file]) => {
    setState('Reading your resume…');
    setTimeout(() => { // the site reads the file, and thinks it knows better
      answers.set('resume')(file);
      answers.set('first')('ADA (from resume)');
      setState(`${file.name} ✓`);
    }, 700);
  } });
  return <div className="field"><p>Resume *</p><div {...getRootProps()} style={{ border: '2px dashed', padding: 20 }}><input {...getInputProps()} /><p>Drag &apos;n&apos; drop a file here, or click to select one</p><p>{state}</p></div></div>;
}

function Page() {
  const answers = useAnswers();
  const [day, setDay] = useState(null);
  return (
    <Application answers={answers} required={['first', 'last', 'email', 'again', 'phone', 'resume', 'why', 'start']}
      check={(values) => ({ ...(values.email !== values.again && { again: 'The addresses differ' }), ...(values.fax && { fax: 'Robot' }) })}>
      {(errors) => <>
        <Drop answers={answers} />
        <Plain label="First name" name="first" answers={answers} error={errors.first} />
        <Plain label="Last name" name="last" answers={answers} error={errors.last} />
        <Plain label="Email" name="email" answers={answers} error={errors.email} />
        <Plain label="Confirm your email" name="again" answers={answers} error={errors.again} onPaste={(event) => event.preventDefault()} />
        <Phone answers={answers} error={errors.phone} />
        <Letter answers={answers} />
        <div className="field"><label htmlFor="start">Earliest start date *</label>
          <DatePicker id="start" selected={day} dateFormat="MM/dd/yyyy" placeholderText="MM/DD/YYYY" onChange={(value) => { setDay(value); answers.set('start')(value ? `${value.getFullYear()}-${value.getMonth() + 1}-${value.getDate()}` : ''); }} /></div>
        <div style={{ position: 'absolute', left: -9999 }}><label>Fax number<input {...answers.typed('fax')} tabIndex={-1} autoComplete="off" /></label></div>
        <div style={{ opacity: 0, height: 0, overflow: 'hidden' }}><label>Website<input {...answers.typed('fax')} /></label></div>
      </>}
    </Application>
  );
}

show(Page);
