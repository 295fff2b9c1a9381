// Dialogs that ask about what was just done; runs after look.js. With no arguments, returns those on show; with those that
// were on show before, a pattern for a button and a text, the one such button of the dialogs that have opened since and
// hold the text.
const [before, button, text] = arguments;
const dialogs = all(document, 'dialog[open], [role=dialog], [role=alertdialog]')
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
if (!before) return dialogs;
const asksElse = 'input:not([type=hidden], [type=file]), select, textarea';
const own = dialogs.filter((one) => !before.includes(one) && (!text || shown(one).includes(text)) && !allDrawn(one, asksElse).length);
const found = own.flatMap((one) => allDrawn(one, 'button, [role=button]'))
  .filter((one) => new RegExp(button, 'i').test(shown(one)) && one.checkVisibility());
return new Set(found).size === 1 ? found[0] : null;
