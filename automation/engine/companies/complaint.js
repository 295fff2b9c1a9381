// Returns what a notice on the page says is wrong with a submission, an empty text if there is none.
const NOTICES = '[role=alert], [aria-live=assertive], .error-message, .alert-danger, .alert-error, .form-error, .form-errors, .banner-error';
return [...document.querySelectorAll(NOTICES)]
  .filter((one) => one.checkVisibility() && one.getClientRects().length)
  .map((one) => one.innerText.replace(/\s+/g, ' ').trim())
  .find((text) => text && text.length < 300) || '';
