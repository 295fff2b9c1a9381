// A form of plain HTML whose controls a script replaces once it has come: the browser checks it and sends it.
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '../node_modules/choices.js/public/assets/styles/choices.min.css';
import 'filepond/dist/filepond.css';
import 'flatpickr/dist/flatpickr.css';
import 'select2/dist/css/select2.css';
import 'tom-select/dist/css/tom-select.css';
import { MantineProvider, MultiSelect, Select } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import Choices from 'choices.js';
import * as FilePond from 'filepond';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import flatpickr from 'flatpickr';
import $ from 'jquery';
import { createRoot } from 'react-dom/client';
import select2 from 'select2';
import TomSelect from 'tom-select';
import { COUNTRIES, DEGREES, SKILLS, SOURCES, STATES, YEARS, YES_NO } from './lists.js';

const LANGUAGES = ['Arabic', 'English', 'French', 'German', 'Mandarin', 'Spanish'];
const AUTHORIZED = 'Are you legally authorized to work in the United States?';
const SPONSOR = 'Will you now or in the future require sponsorship for employment visa status?';
const field = (name, label, control) => `<div class="field"><label for="${name}">${label} *</label>${control}</div>`;
const text = (name, label, type = 'text') => field(name, label, `<input id="${name}" name="${name}" type="${type}" required>`);
const list = (name, label, labels, more = '') => field(name, label, `<select id="${name}" name="${name}" required ${more}>${more ? '' : '<option value="">Select…</option>'}`
  + `${labels.map((one, number) => `<option value="v${number}">${one}</option>`).join('')}</select>`);

document.getElementById('root').innerHTML = `<main><h1>Workshop engineer</h1><form method="post" enctype="multipart/form-data">
  ${text('first', 'First name')}${text('last', 'Last name')}${text('email', 'Email', 'email')}
  ${list('country', 'Country', COUNTRIES)}${list('languages', 'Languages', LANGUAGES, 'multiple')}
  ${list('source', 'How did you hear about us?', SOURCES)}${list('degree', 'Highest level of education', DEGREES)}
  ${list('skills', 'Skills', SKILLS, 'multiple')}${list('authorized', AUTHORIZED, YES_NO)}
  ${list('state', 'State', STATES)}${list('sponsor', SPONSOR, YES_NO)}${list('known', 'Which of these do you know? Select all that apply', SKILLS, 'multiple')}
  <div id="mantine"></div>
  ${text('start', 'Earliest start date')}${text('met', 'When did you visit our stand?')}
  ${field('why', 'Why do you want to work at Meridian?', '<textarea id="why" name="why" hidden></textarea><div id="editor"></div>')}
  ${field('resume', 'Resume', '<input id="resume" name="resume" type="file" required>')}
  <button>Submit application</button></form></main>`;

const one = (name) => document.getElementById(name);
for (const name of ['country', 'source']) new TomSelect(one(name), {});
new TomSelect(one('languages'), { plugins: ['remove_button'] });
for (const name of ['degree', 'authorized']) new Choices(one(name), { shouldSort: false, searchEnabled: name === 'degree' });
new Choices(one('skills'), { removeItemButton: true });
if (!$.fn.select2) select2(window, $);
$(one('state')).select2();
$(one('sponsor')).select2({ minimumResultsForSearch: Infinity });
$(one('known')).select2({ width: '100%' });
dayjs.extend(customParseFormat);
createRoot(one('mantine')).render(
  <MantineProvider>
    <Select label="Years of professional experience" name="years" data={YEARS} required />
    <MultiSelect label="Which languages do you speak?" name="speaks" data={LANGUAGES} required searchable hiddenInputValuesDivider=";" />
    <DateInput label="When can you start?" name="from" valueFormat="DD.MM.YYYY" placeholder="DD.MM.YYYY" required />
  </MantineProvider>,
);
flatpickr(one('met'), { altInput: true, altFormat: 'j F Y', maxDate: '2026-06-30' });
flatpickr(one('start'), { altInput: true, altFormat: 'F j, Y', dateFormat: 'Y-m-d', minDate: 'today' });
new Editor({ element: one('editor'), extensions: [StarterKit], content: '', onUpdate: ({ editor }) => { one('why').value = editor.getText(); } });
FilePond.create(one('resume'), { storeAsFile: true });
