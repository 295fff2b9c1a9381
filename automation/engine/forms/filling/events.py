"""What the browser itself does to a control as one works in it, by script: focus, text, choice."""

FOCUS = """
const node = arguments[0];
node.scrollIntoView({block: 'center', behavior: 'instant'});
node.focus();
if (node.select) node.select();
else getSelection().selectAllChildren(node);
"""
# The browser's own input events, as of a keyboard, in one call; some listen for the last key alone.
INSERT = """
const [node, text] = arguments;
if (!node.select) return null;
node.scrollIntoView({block: 'center', behavior: 'instant'});
node.focus();
node.select();
document.execCommand('insertText', false, text);
node.dispatchEvent(new KeyboardEvent('keyup', {key: text.slice(-1), bubbles: true, composed: true}));
node.blur();
return node.value;
"""
BLUR = "const node = arguments[0]; node.blur(); return node.isContentEditable ? node.innerText : node.value;"
# React and others keep the value to themselves and hear only of a change that went past their own setter.
SET = """
const [node, value] = arguments;
const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), 'value')?.set;
node.focus();
if (setter) setter.call(node, value); else node.textContent = value;
for (const type of ['input', 'change']) node.dispatchEvent(new Event(type, {bubbles: true, composed: true}));
node.blur();
return node.value ?? node.textContent;
"""
SELECT = """
const [node, labels] = arguments;
const squeeze = (text) => text.replace(/\\s+/g, ' ').replace(/[*✱]/g, ' ').trim();
node.focus();
for (const option of node.options) {
  const wanted = labels.includes(squeeze(option.label || option.text)) && !option.disabled;
  if (node.multiple) option.selected = wanted; else if (wanted) { option.selected = true; break; }
}
for (const type of ['input', 'change']) node.dispatchEvent(new Event(type, {bubbles: true, composed: true}));
node.blur();
return [...node.selectedOptions].map((option) => squeeze(option.label || option.text)).join(', ');
"""
