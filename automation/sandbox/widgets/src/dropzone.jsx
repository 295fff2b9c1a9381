// Dropzone: its control for files stands at the end of the page, outside of the form, and is another after each file.
import 'dropzone/dist/dropzone.css';
import Dropzone from 'dropzone';
import { draw, sendWith } from './uploads.js';

draw();
document.getElementById('drop').className = 'dropzone';
const zone = new Dropzone('#drop', { url: '/', autoProcessQueue: false, addRemoveLinks: true, maxFiles: 1 });
sendWith(() => zone.files);
