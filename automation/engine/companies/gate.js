// Returns the button that takes a privacy statement on a page that asks nothing else before its form; null if there is none.
// arguments[0]: the words of such a button. A notice of cookies is none: it lies over what is there already.
const ABOUT = /^\W*((your |our |the |applicant |candidate |data )*(privacy|data protection)( (agreement|statement|notice|policy|consent))?|datenschutz(erklärung|hinweise?|vereinbarung|bestimmungen|information(en)?)?|((politique|déclaration) de )?(confidentialité|protection des données( personnelles)?)|((política|aviso|acuerdo) de )?(privacidad|protección de datos)|privacy(verklaring|beleid)|informativa( sulla)? privacy|política de privacidade|integritetspolicy|privatlivspolitik|personvern(erklæring)?|polityka prywatności)\W*$/i;
const words = (one) => (one.innerText || one.value || '').replace(/\s+/g, ' ').trim();
const takes = new RegExp(arguments[0], 'i');
if (![...document.querySelectorAll('h1, h2, h3, h4, [role=heading], legend')].some((one) => one.checkVisibility() && ABOUT.test(words(one)))) return null;
const found = [...document.querySelectorAll('button, [role=button], input[type=submit], input[type=button]')]
  .filter((one) => one.checkVisibility() && takes.test(words(one)) && !one.closest('dialog, [role=dialog], [class*=cookie i], [id*=cookie i]'));
return found.length === 1 && !/cookie/i.test(words(found[0].closest('form, section, main, body'))) ? found[0] : null;
