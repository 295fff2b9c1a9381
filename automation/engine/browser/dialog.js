// Dialogs that ask about what was just done. With no arguments, returns those on show; with those that were on show
// before, a pattern for a button and a text, the one such button of the dialogs that have opened since and hold the text.
const [before, button, text] = arguments;
const dialogs = [...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
if (!before) return dialogs;
const own = dialogs.filter((one) => !before.includes(one) && one.textContent.includes(text)
  && !one.querySelector('input:not([type=hidden], [type=file]), select, textarea')); // which would ask something else
const found = own.flatMap((one) => [...one.querySelectorAll('button, [role=button]')])
  .filter((one) => new RegExp(button, 'i').test(one.textContent.trim()) && one.checkVisibility());
return found.length === 1 ? found[0] : null;
