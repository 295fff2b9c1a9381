// Returns what the combobox arguments[0] has as its value: what it shows as picked, not what is typed as a search.
const [node] = arguments;
const PICKED = '[class*=single-value], [class*=singleValue], [class*=multi-value__label], [class*=multiValueLabel]';
const box = node.closest('[class*=control]') || node.parentElement?.parentElement || node;
const picked = [...box.querySelectorAll(PICKED)].map((one) => one.innerText.trim());
if (picked.length) return picked.join(', ');
if (node.matches('input')) return node.value;
return node.querySelector('[class*=placeholder]') || node.hasAttribute('data-placeholder') ? '' : node.innerText.trim();
