// The calendar that the field arguments[0] has opened, and in it the day arguments[1] (year, month, day); runs after look.js.
// Returns {day, later, earlier}: the element that stands for the day, and those that turn to the month after and before; null
// for each that is not on show, and for all while no calendar is open.
const [node, [year, month, day]] = arguments;
const LEAST_DAYS = 28;
const SAYS = ['aria-label', 'title', 'data-date', 'datetime', 'data-day'];
const iso = [year, month, day].map((number) => String(number).padStart(2, '0')).join('-');
const MONTHS = ['long', 'short'].flatMap((style) => [document.documentElement.lang || 'en', 'en'].map((language) => {
  try { return new Intl.DateTimeFormat(language, { month: style }).format(new Date(year, month - 1, 1)).toLowerCase(); } catch { return ''; }
})).filter(Boolean);

const isShown = (one) => one.getClientRects().length > 0 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const isOff = (one) => [one, one.closest('td, li, [role=gridcell]')].some((each) => each?.matches('[disabled], [aria-disabled=true], [class*=disabled i]'));
const hasWord = (text, word) => new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, 'u').test(text);
const hasMonth = (text) => MONTHS.some((name) => hasWord(text, name.replace('.', '\\.?'))) && hasWord(text, year);
const sayings = (one) => SAYS.map((name) => one.getAttribute(name)).filter(Boolean).map((text) => text.toLowerCase());
const saysTheDay = (text) => text.startsWith(iso) || isTheDay(numbered(text)) || (hasMonth(text) && hasWord(text, `${day}(st|nd|rd|th)?`));

const numbered = (text) => text.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/)?.slice(1).map(Number);
let isDayFirst = false; // in dates of numbers alone: the days of a month tell
const isTheDay = (numbers) => Boolean(numbers) && String(numbers) === String(isDayFirst ? [day, month, year] : [month, day, year]);

function calendarIn() {
  const days = all(document, 'td, td *, button, a, span, div, [role=gridcell]').filter((one) => !one.childElementCount && /^([1-9]|[12]\d|3[01])$/.test(one.textContent.trim()) && isShown(one));
  const holds = (box) => days.filter((one) => box.contains(one)).length >= LEAST_DAYS;
  const grids = [...new Set(days.map((one) => [...ancestors(one, 5)].find(holds)))].filter(Boolean);
  const grid = grids.at(-1); // what has opened stands last, or alone
  if (!grid || grid.contains(node)) return {};
  const box = [grid, ...ancestors(grid, 4)].filter((one) => !one.contains(node) && !one.matches('form, main, body')).at(-1);
  return { box, days: days.filter((one) => grid.contains(one)) };
}

// Days without a name of their own: in the month that the heading tells, whose first and last weeks may show days of other months.
function byHeading(box, days) {
  const lists = [...box.querySelectorAll('select')].flatMap((list) => [...list.selectedOptions]); // of months and years
  const heads = lists.length ? lists : [...box.querySelectorAll('*')].filter((one) => !one.childElementCount && isShown(one));
  if (!hasMonth(heads.map((one) => one.textContent).join(' ').toLowerCase())) return null;
  const same = days.filter((one) => one.textContent.trim() === String(day));
  return day < 15 ? same[0] : same.at(-1);
}

const { box, days } = calendarIn();
if (!box) return { day: null, later: null, earlier: null };
const named = [...box.querySelectorAll(SAYS.map((name) => `[${name}]`))].filter((one) => isShown(one) && days.some((each) => one === each || one.contains(each) || each.contains(one)));
isDayFirst = named.some((one) => sayings(one).some((text) => numbered(text)?.[0] > 12));
const found = (days.some((one) => [one, ...ancestors(one, 2)].some((each) => sayings(each).some((text) => /\d{4}/.test(text)))) ? named.find((one) => sayings(one).some(saysTheDay)) : byHeading(box, days)) || null;
const turn = (way) => [...box.querySelectorAll('*')].filter((one) => isShown(one) && !isOff(one) && one.textContent.trim().length < 20)
  .find((one) => way.test(`${sayings(one).join(' ')} ${one.getAttribute('class') || ''} ${one.dataset.direction || ''}`)) || null;
return { day: found && !isOff(found) ? found : null, later: turn(/\bnext\b(?!.*year)/i), earlier: turn(/\bprev(ious)?\b(?!.*year)/i) };
