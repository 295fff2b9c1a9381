// The one button beside a field, which opens its calendar where a press on the field does not.
const [node] = arguments;
for (const box of ancestors(node, 3)) {
  const others = [...box.querySelectorAll('input:not([type=hidden]), select, textarea')].filter((one) => one !== node);
  if (others.length) return null;
  const found = [...box.querySelectorAll('button, [role=button]')].filter(seen);
  if (found.length) return found.length === 1 ? found[0] : null;
}
return null;
