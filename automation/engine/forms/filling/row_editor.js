// Returns the button that keeps (arguments[2]: true) or leaves what the fields arguments[0] say, where these are edited
// in a part of their own, apart from the other fields arguments[1]; null if they are not. Runs after look.js.
const [fields, others, keeps] = arguments;
const KEEP = /^(?!.*\b(another|new|more|next|continue)\b)(save|add|done|ok|update|confirm|speichern|hinzufügen|übernehmen|fertig|enregistrer|ajouter|valider|guardar|añadir|agregar|opslaan|toevoegen|salva|aggiungi|salvar|adicionar|spara|gem|lagre|zapisz)( \p{L}+){0,3}$/iu;
const LEAVE = /^(cancel|discard|close|abbrechen|verwerfen|annuler|cancelar|descartar|annuleren|annulla|avbryt|annuller|anuluj)\b/i;
const BUTTON = 'button, [role=button], input[type=button], input[type=submit]';
const saysOf = (one) => squeeze(shown(one) || one.value || one.getAttribute('aria-label') || '');

for (const box of ancestors(fields[0], 12)) {
  if (others.some((one) => isIn(box, one))) return null;
  if (!fields.every((one) => isIn(box, one))) continue;
  const buttons = all(box, BUTTON).filter(seen);
  const keep = buttons.filter((one) => KEEP.test(saysOf(one)));
  const leave = buttons.filter((one) => LEAVE.test(saysOf(one)));
  if (keep.length && leave.length) return keep.length > 1 ? null : (keeps ? keep : leave)[0];
}
return null;
