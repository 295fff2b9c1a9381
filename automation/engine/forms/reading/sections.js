// The headings that a question stands below.

const HEADING = 'h2, h3, h4, h5, h6, [role=heading]';
const MOST_SECTIONS = 3;
const PROSE = 400; // letters: what is longer is an ad's own text
const headings = new WeakMap(); // the words of the heading that stands nearest before an element, among its siblings

function headingBefore(node) {
  const passed = [];
  let found = '';
  for (let one = node.previousElementSibling; one && !found; one = one.previousElementSibling) {
    if (headings.has(one)) { found = headings.get(one); break; }
    const heading = one.matches(HEADING) ? one : one.querySelector(CONTROLS) ? null : one.querySelector(HEADING);
    passed.push(one);
    if (!heading && one.textContent.length > PROSE && !one.querySelector(CONTROLS)) break; // what it heads is the prose
    found = heading && one.textContent.length < PROSE ? words(heading) || shown(heading) : '';
    if (heading) break;
  }
  passed.forEach((one) => headings.set(one, found));
  return found;
}

// The headings above a control, the nearest first: {section, sections}.
function sectionsOf(node) {
  const found = [];
  for (const one of [node, ...ancestors(node)]) {
    if (found.length === MOST_SECTIONS || one.matches('form, main, body')) break;
    const named = one === node ? '' : one.matches('fieldset, [role=group], [role=region], section[aria-label], section[aria-labelledby]') ? groupLabel(one) : '';
    [named, headingBefore(one)].forEach((text) => text && !found.includes(text) && found.push(text));
  }
  return { section: found[0] || '', sections: found };
}
