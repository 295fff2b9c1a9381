// The widget: once every lighthouse is picked, and nothing else, it puts its answer into the page that shows it.
const pictures = [...document.querySelectorAll('img')];
const isRight = (picture) => picture.src.includes('harborlight') === (picture.dataset.picked === 'yes');

document.addEventListener('click', ({ target }) => {
  if (!pictures.includes(target)) return;
  target.dataset.picked = target.dataset.picked === 'yes' ? '' : 'yes';
  target.style.outline = target.dataset.picked ? '4px solid #0074bf' : '';
  const answer = parent.document.querySelector('[name=h-captcha-response]');
  if (answer) answer.value = pictures.every(isRight) ? 'solved' : '';
});
