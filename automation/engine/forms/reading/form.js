// Reads the application form of this document in one call: every question that a person can see and answer.
// Open shadow roots are looked into. Returns {fields, submits, nexts, score}. Nothing is changed. Runs last, after the others of this folder.

const PERSONAL = /mail|phone|name|resume|cv|linkedin|address|city|cover/i;

// What joins a list of people to write to, below a heading that says so: it may take a resume, for no job at all.
const JOINS_LIST = /^\W*((please )?(join|sign up|register|subscribe|get|receive|set up|create)\b.{0,30}\b)?(our |the |a )?(talent (community|network|pool)|job alerts?|mailing list)( (from|at|of|by) .{1,40})?\W*$/i;

const headingIn = (form) => { const first = form.querySelector(HEADING); return first ? words(first) || shown(first) : ''; };

// What asks for one's address alone, to begin an application with it: there it says so, and its button only leads on.
const BEGINS = /\bappl(y|ying|ication)\b|bewerb|postul|candidatur|solicitud|sollicit/i;
const begins = (form) => [form.previousElementSibling, form].some((one) => one && BEGINS.test(words(one)))
  && buttonsOf(form, () => true).some(({ text }) => NEXT.test(text));

function isDecoy(form) {
  if (form.matches('[role=search]') || closest(form, '[role=search]') || JOINS_LIST.test(headingBefore(form) || headingIn(form))) return true;
  const inputs = all(form, 'input, select, textarea').filter((node) => !['hidden', 'submit', 'button', 'image', 'reset'].includes(node.type));
  if (inputs.some((node) => node.type === 'file')) return false;
  const about = `${form.id} ${form.className} ${form.getAttribute('action') || ''} ${form.getAttribute('aria-label') || ''}`;
  if (!inputs.length) return false; // the last step of some forms has a button only
  return (inputs.length < 2 && inputs[0].matches('input:not([type=checkbox], [type=radio])') && !begins(form)) || inputs.every((node) => node.type === 'search') || /newsletter|subscri|search|job-?alert|contact-?(us|form)|feedback|comment|enquiry/i.test(about)
    || /log-?in|sign-?in/i.test(about) && inputs.some((node) => node.type === 'password'); // without one it may be where an application begins
}

function scoreOf(root, inForm) {
  return all(root, 'input, select, textarea, [role=combobox], [role=radio]').filter((node) => inForm(node) && reachable(node))
    .reduce((sum, node) => sum + (node.type === 'file' ? 5 : PERSONAL.test(`${node.name} ${node.id} ${node.type} ${node.autocomplete || ''}`) ? 2 : node.matches('[type=search]') ? 0 : 1), 0);
}

// A form that asks for no file, or for one that may be left out, on a page that takes files beside it: these are its own.
function withLooseFiles({ root, test, score }) {
  const files = all(document, 'input[type=file]').filter(reachable);
  const isLoose = (node) => node.type === 'file' && !closest(node, 'form, [role=form]');
  const isAsked = (node) => test(node) && (isRequired([node], null, fileLabel(node)) || NAMES_DOCUMENT.test(fileLabel(node)));
  if (!files.some(isLoose) || files.some(isAsked)) return { root, test, score };
  return { root: document, test: (node) => test(node) || isLoose(node), score };
}

const forms = all(document, 'form, [role=form]');
const decoys = forms.filter(isDecoy);
const inside = (form) => (node) => closest(node, 'form, [role=form]') === form || (form.contains(node) && !decoys.some((one) => one.contains(node)));
const outside = (node) => !decoys.some((one) => closest(node, 'form, [role=form]') === one);
const rivals = forms.filter((form) => !decoys.includes(form)).map((form) => ({ root: form, test: inside(form), score: scoreOf(form, inside(form)) })).sort((a, b) => b.score - a.score);
const loose = { root: document, test: outside, score: scoreOf(document, outside) };
const chosen = rivals[0] && rivals[0].score * 2 >= loose.score ? withLooseFiles(rivals[0]) : loose;

let buttons = buttonsOf(chosen.root, chosen.test);
const goesOn = () => submitsOf(buttons).length > 0 || buttons.some(({ text }) => NEXT.test(text));
if (!goesOn() && chosen.root !== document) buttons = buttonsOf(chosen.root, chosen.test, LINK_TO_NOTHING);
if (!goesOn()) buttons = buttonsOf(document, outside);
const fields = fieldsOf(chosen.root, chosen.test);
return {
  fields, folded: foldedOf(chosen.root, chosen.test, fields), frames: framesOf(chosen.root, chosen.test, fields), rows: rowButtonsOf(chosen.root, chosen.test, fields),
  submits: submitsOf(buttons).map(({ node }) => node),
  nexts: buttons.filter(({ text }) => NEXT.test(text)).map(({ node }) => node),
  score: chosen.score,
};
