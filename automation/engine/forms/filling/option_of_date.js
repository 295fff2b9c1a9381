// Of the options of a list, or of some texts, returns the one that means a number of a date: the number, or the name of a
// month in English or the page's language.
const [list, number, isMonth] = arguments;
if (!Array.isArray(list) && list.tagName !== 'SELECT') return null;
const enabled = [...list.options || []].filter((option) => !option.disabled);
const texts = Array.isArray(list) ? list : enabled.map(({ text }) => text);
const plain = (text) => text.trim().toLowerCase().replace(/^0+(?=\d)|\.$/g, '');
const named = (language, month) => new Intl.DateTimeFormat(language, { month }).format(new Date(2000, number - 1, 15));
const languages = ['en'];
try { languages.push(...Intl.getCanonicalLocales(document.documentElement.lang)); } catch { /* no language */ }
const said = isMonth ? languages.flatMap((one) => [named(one, 'long'), named(one, 'short')]) : [];
const meant = [String(Number(number)), ...said].map(plain);
return texts.find((text) => meant.includes(plain(text))) || '';
