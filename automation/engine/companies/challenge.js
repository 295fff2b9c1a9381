// Returns what on this page only a person can do: "captcha", "sign-in", "code"; null if there is nothing.
// Only what is shown counts: badges and scripts of such services are on every page of some systems.
function shown(one, height) {
  if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const box = one.getBoundingClientRect();
  return box.width > 100 && box.height > height && box.right > 0 && box.bottom + scrollY > 0;
}

const FRAMES = [ // an address, and how high its frame is when it asks something
  [/hcaptcha\.com/, 60],
  [/recaptcha\/(api2|enterprise)\/bframe/, 100],
  [/recaptcha\/(api2|enterprise)\/anchor(?!.*size=invisible)/, 60],
  [/challenges\.cloudflare\.com|captcha-delivery\.com|arkoselabs\.com|funcaptcha/, 50],
];
const BOXES = '.g-recaptcha, .h-captcha, .cf-turnstile, [class*=captcha i] img, img[src*=captcha i], img[alt*=captcha i]';
const badge = (one) => one.closest('.grecaptcha-badge');
const all = (selector) => [...document.querySelectorAll(selector)];

const solved = all('[name=h-captcha-response], [name=g-recaptcha-response], [name=cf-turnstile-response]').some((one) => one.value);
const asks = !solved && all('iframe').some((frame) => !badge(frame) && FRAMES.some(([address, height]) => address.test(frame.src) && shown(frame, height)));
if (asks) return 'captcha';
if (!solved && all(BOXES).some((box) => box.dataset.size !== 'invisible' && !badge(box) && shown(box, 30))) return 'captcha';
if (all('input:not([type=hidden])').some((one) => /captcha/i.test(`${one.name} ${one.id} ${one.placeholder}`) && shown(one, 5))) return 'captcha';
if (document.querySelector('#cf-challenge-running, #challenge-running') || /^Just a moment/.test(document.title)) return 'captcha';
if (all('input[type=password]').some((one) => shown(one, 5)) && !document.querySelector('input[type=file]')) return 'sign-in';
return all('input[autocomplete=one-time-code]').some((one) => shown(one, 5)) ? 'code' : null;
