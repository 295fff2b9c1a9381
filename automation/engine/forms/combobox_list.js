// Returns the options on show for the combobox arguments[0], at most arguments[1] of them; null if no list is open or it is still loading.
// The list is the one that the combobox points at, else one inside its box, else the one that is shown last.
const [node, most] = arguments;
const ids = `${node.getAttribute('aria-controls') || ''} ${node.getAttribute('aria-owns') || ''}`.split(/\s+/).filter(Boolean);
const shown = (one) => one && one.getClientRects().length && one.checkVisibility();
const home = node.getRootNode();
let list = ids.map((id) => home.getElementById?.(id) || document.getElementById(id)).find(shown);
for (let box = node, i = 0; !list && box && i < 6; box = box.parentElement, i += 1) {
  list = [...box.querySelectorAll('[role=listbox], [class*=menu-list]')].find(shown);
}
list = list || [...document.querySelectorAll('[role=listbox]')].filter(shown).pop();
if (!list) return null;
if (/^(loading|searching|please wait)/i.test(list.innerText.trim()) || list.getAttribute('aria-busy') === 'true') return null;
return [...list.querySelectorAll('[role=option]')]
  .filter((one) => shown(one) && one.getAttribute('aria-disabled') !== 'true')
  .slice(0, most)
  .map((one) => ({ label: (one.innerText || one.textContent).replace(/\s+/g, ' ').trim(), element: one }));
