// A form of plain HTML whose controls a script replaces once it has come: the browser checks it and sends it.
import '../node_modules/choices.js/public/assets/styles/choices.min.css';
import 'filepond/dist/filepond.css';
import 'flatpickr/dist/flatpickr.css';
import 'tom-select/dist/css/tom-select.css';
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import Choices from 'choices.js';
import * as FilePond from 'filepond';
import flatpickr from 'flatpickr';
import TomSelect from 'tom-select';
import { COUNTRIES, DEGREES, SKILLS, SOURCES, YES_NO } from './lists.js';

const LANGUAGES = ['Arabic', 'English', 'French', 'German', 'Mandarin', 'Spanish'];
const AUTHORIZED = 'Are you legally authorized to work in the United States?';
const field = (name, label, control) => `<div class="field"><label for="${name}">${label} *</label>${control}</div>`;
const text = (name, label, type = 'text') => field(name, label, `<input id="${name}" name="${name}" type="${type}" required>`);
const list = (name, label, labels, more = '') => field(name, label, `<select id="${name}" name="${name}" required ${more}>${more ? '' : '<option value="">Select…</option>'}`
  + `${labels.map((one, number) => `<option value="v${number}">${one}</option>`).join('')}</select>`);

document.getElementById('root').innerHTML = `<main><h1>Workshop engineer</h1><form method="post" enctype="multipart/form-data">
  ${text('first', 'First name')}${text('last', 'Last name')}${text('email', 'Email', 'email')}
  ${list('country', 'Country', COUNTRIES)}${list('languages', 'Languages', LANGUAGES, 'multiple')}
  ${list('source', 'How did you hear about us?', SOURCES)}${list('degree', 'Highest level of education', DEGREES)}
  ${list('skills', 'Skills', SKILLS, 'multiple')}${list('authorized', AUTHORIZED, YES_NO)}
  ${text('start', 'Earliest start date')}
  ${field('why', 'Why do you want to work at Meridian?', '<textarea id="why" name="why" hidden></textarea><div id="editor"></div>')}
  ${field('resume', 'Resume', '<input id="resume" name="resume" type="file" required>')}
  <button>Submit application</button></form></main>`;

const one = (name) => document.getElementById(name);
for (const name of ['country', 'source']) new TomSelect(one(name), {});
new TomSelect(one('languages'), { plugins: ['remove_button'] });
for (const name of ['degree', 'authorized']) new Choices(one(name), { shouldSort: false, searchEnabled: name === 'degree' });
new Choices(one('skills'), { removeItemButton: true });
flatpickr(one('start'), { altInput: true, altFormat: 'F j, Y', dateFormat: 'Y-m-d', minDate: 'today' });
new Editor({ element: one('editor'), extensions: [StarterKit], content: '', onUpdate: ({ editor }) => { one('why').value = editor.getText(); } });
FilePond.create(one('resume'), { storeAsFile: true });
