// Returns {text, element} of what is on show and says arguments[1], but for the field arguments[0] itself.
const [node, wanted] = arguments;
const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
const word = wanted.toLowerCase();
const says = (one) => one.textContent.length < 200 && one.textContent.toLowerCase().includes(word);
const found = [...document.querySelectorAll('body *')]
  .filter((one) => says(one) && !one.matches('script, style, option, label, input, textarea') && one !== node && !one.contains(node))
  .filter((one) => ![...one.children].some((child) => squeeze(child.textContent) === squeeze(one.textContent)) && !(one.parentElement.childElementCount > 1 && says(one.parentElement) && /^(span|b|strong|em|mark|i)$/i.test(one.tagName)))
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
  .filter((one, _, every) => !every.some((other) => other !== one && one.contains(other))); // a box of several is none of them
return found
  .map((one) => ({ text: squeeze(one.innerText), element: one }))
  .filter(({ text }) => text)
  .slice(0, 60);
