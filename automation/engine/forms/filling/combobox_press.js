// Returns what a person presses to open the combobox arguments[0], scrolled into view; runs after look.js.
const [node] = arguments;
node.scrollIntoView({ block: 'center', behavior: 'instant' });
for (const one of [node, ...ancestors(node, 4)]) {
  const box = one.getBoundingClientRect();
  if (box.width < 16 || box.height < 10) continue;
  const hit = one.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (hit && (one.contains(hit) || closest(hit, '*') === one)) return hit;
}
return node;
