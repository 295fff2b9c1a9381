// Dialogs that ask whether a file is the right one. With no arguments, returns those on show; with the file's name and
// those that were on show before it was chosen, the button that takes it in one that opened for it alone; null if none.
const [name, before] = arguments;
const dialogs = [...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
if (!name) return dialogs;
const TAKES = new RegExp(`^(${[
  'upload', 'confirm', 'continue', 'ok(ay)?', 'yes', 'done', 'save', 'attach', 'use', 'hochladen', 'bestätigen', 'übernehmen', 'weiter',
  'importer', 'confirmer', 'continuer', 'subir', 'confirmar', 'continuar', 'uploaden', 'bevestigen',
].join('|')})( (this|my|the))?( (file|resume|résumé|cv|document|upload))?$`, 'i');
const own = dialogs.filter((one) => !before.includes(one) && one.textContent.includes(name)
  && !one.querySelector('input:not([type=hidden], [type=file]), select, textarea')); // which would ask something else
const found = own.flatMap((one) => [...one.querySelectorAll('button, [role=button]')])
  .filter((one) => TAKES.test(one.textContent.trim()) && one.checkVisibility());
return found.length === 1 ? found[0] : null;
