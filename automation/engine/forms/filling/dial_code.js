// Returns the country code that stands beside the phone number arguments[0], as "+49"; "" if none does. Runs after look.js.
const [node] = arguments;
const CODE = /^\W*(\+\d{1,4})\W*$/;
const POPUP = '[role=dialog], [role=listbox], [role=option], ul';

for (const box of ancestors(node, 3)) {
  const others = all(box, 'input, select, textarea').filter((one) => one !== node && seen(one) && !closest(one, `${POPUP}, [role=combobox]`));
  if (box.matches('form, body, main') || others.length) return '';
  const codes = all(box, '*').filter((one) => !one.childElementCount && CODE.test(one.textContent) && seen(one) && !closest(one, `${POPUP}, label`));
  if (codes.length) return codes.length === 1 ? CODE.exec(codes[0].textContent)[1] : '';
}
return '';
