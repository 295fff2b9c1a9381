// The words of scripts in the page's language: Django's catalogue, which is there only where that is not English.
export const gettext = (text) => window.django?.gettext?.(text) ?? text;
export const ngettext = (one, many, count) => window.django?.ngettext?.(one, many, count) ?? (count === 1 ? one : many);
export const put = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
