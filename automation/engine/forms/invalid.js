// Returns [name, message, type] of each control with which the browser itself will not send the form of button arguments[0].
const form = arguments[0].form;
if (!form || form.noValidate || arguments[0].formNoValidate) return [];
return [...form.elements]
  .filter((one) => one.willValidate && !one.validity.valid && one.getAttribute('aria-hidden') !== 'true')
  .map((one) => [[...one.labels || []].map((label) => label.innerText.trim())[0] || one.name || one.id, one.validationMessage, one.type]);
