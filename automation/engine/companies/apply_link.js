// Returns the link or button that leads to the application form, null if this page has none.
const fits = new RegExp(`^(${[
  'apply( now| here| online| today| manually)?', 'apply (for|to) (this|the) (job|position|role|opening)', 'apply for .{1,60}',
  '(apply|continue)( as (a )?guest| without (an |creating an )?(account|sign(ing)?[- ]?(in|up)|log(ging)?[- ]?in|registration|registering))',
  'ohne (anmeldung|registrierung|(benutzer|kunden)?konto|login|account)( (online )?(bewerben|fortfahren|weiter))', '(postuler|continuer) sans (créer de )?(compte|connexion|inscription)',
  "i'?m interested", 'start (my |your )?application', 'continue to application',
  '(jetzt |hier |online |direkt )*bewerben( sie sich)?( jetzt| hier| online)?', '(zum |zur )?(bewerbungsformular|online-?bewerbung)( starten)?', '(bewirb dich|auf (diese|die) stelle bewerben)( jetzt| hier)?', 'bewerbung starten',
  '(je |j[’\']y )?postul(er|e|ez)( maintenant| ici| en ligne| à (cette offre|ce poste))?', 'candidater', 'déposer (ma|une) candidature',
  '(postular|aplicar|solicitar|inscr[ií]b)(me|irme|ete|irse|se)?( ahora| aquí| (a|en) (est[ae]|la) (oferta|vacante|puesto|empleo)| (este )?empleo)?', 'solicita este (empleo|puesto)',
  'candidati( ora| subito)?( (a|per) quest[ao] \\w+)?', 'candidatar(-?(me|se))?( agora| a esta vaga)?', '(ansök|sök)( nu| här)?( (för|till) (denna|den här) (tjänst|roll)(en)?| tjänsten| jobbet)?',
  '(ansøg|søg|søk)( nu| her| nå)?( (om |på )?(stillingen|jobbet|jobben))?', 'aplikuj( teraz| na to stanowisko)?',
  'solliciteer( nu| direct| hier| online)*( op deze (functie|vacature))?',
].join('|')})\\W*$`, 'i');
const words = (one) => (one.innerText || one.value || '').replace(/\s+/g, ' ').trim();
const own = [...document.querySelectorAll(':not(:defined), *')].filter((one) => /-(button|btn)$/.test(one.localName)); // of a library
const found = [...document.querySelectorAll('a[href], button, [role=button], input[type=button]'), ...own]
  .filter((one) => one.checkVisibility() && fits.test(words(one)));
// A form that asks one thing at a time begins with a page that asks nothing.
const starts = [...document.querySelectorAll('button, [role=button]')].filter((one) => one.checkVisibility() && /^(start|begin|let.?s (start|begin|go))\W*$/i.test(words(one)));
return found.find((one) => one.href) || found[0] || (starts.length === 1 ? starts[0] : null);
