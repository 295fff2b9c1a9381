// Returns the link or button that leads to the application form, null if this page has none.
const fits = new RegExp(`^(${[
  'apply( now| here| online| today| manually)?', 'apply (for|to) (this|the) (job|position|role|opening)', 'apply for .{1,60}',
  "i'?m interested", 'start (my |your )?application', 'continue to application',
].join('|')})\\W*$`, 'i');
const words = (one) => (one.innerText || one.value || '').replace(/\s+/g, ' ').trim();
const found = [...document.querySelectorAll('a[href], button, [role=button], input[type=button]')]
  .filter((one) => one.checkVisibility() && fits.test(words(one)));
return found.find((one) => one.href) || found[0] || null;
