// node build.mjs FOLDER: bundle each page into FOLDER, as a site would serve it.
import { build } from 'esbuild';

const pages = ['react-select', 'mui', 'antd', 'radix', 'headless', 'phone', 'twelve', 'enhanced', 'dropzone', 'uppy'];
await build({
  entryPoints: pages.map((page) => `src/${page}.jsx`), outdir: process.argv[2], bundle: true, splitting: true, format: 'esm', minify: true,
  jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, loader: { '.png': 'dataurl', '.webp': 'dataurl', '.svg': 'dataurl' }, logLevel: 'warning',
});
