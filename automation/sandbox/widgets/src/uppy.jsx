// Uppy's dashboard: its control for files is hidden, and empty again once it has taken one.
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import { draw, sendWith } from './uploads.js';

draw();
const uppy = new Uppy({ restrictions: { maxNumberOfFiles: 1 } }).use(Dashboard, { inline: true, target: '#drop', hideUploadButton: true });
sendWith(() => uppy.getFiles().map(({ data }) => data));
