// Returns [name, message] of each control that the browser itself will not let the form be sent with.
return [...document.querySelectorAll('form')]
  .filter((form) => !form.noValidate)
  .flatMap((form) => [...form.querySelectorAll(':invalid')])
  .filter((one) => one.willValidate && one.type !== 'file' && one.checkVisibility() && one.getAttribute('aria-hidden') !== 'true')
  .map((one) => [one.name || one.id, one.validationMessage]);
