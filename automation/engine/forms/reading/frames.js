// Frames of a form: {element, label, required, after, inside: whether it is in the form}. What an editor's frame asks, the form says beside it.
const NOT_OURS = /captcha|challenges\.cloudflare|arkoselabs|funcaptcha|youtube|vimeo|google\.[a-z.]+\/maps|doubleclick|intercom|drift|stripe/i;

function framesOf(root, inForm, fields) {
  return all(document, 'iframe').filter((node) => seen(node) && !NOT_OURS.test(node.src))
    .filter((node) => { const { width, height } = node.getBoundingClientRect(); return width > 150 && height > 40; })
    .map((node) => {
      const hidden = [...ancestors(node, 6)].map((one) => [...one.querySelectorAll('textarea')]).find((found) => found.length) || [];
      const behind = hidden.length === 1 && !seen(hidden[0]) ? hidden[0] : null;
      const label = (behind && labelsOf(behind).map(words).find(Boolean)) || precedingText(node, [node, ...hidden]) || '';
      return {
        element: node, label, inside: inForm(node) && (root === document || [...ancestors(node)].includes(root)), required: MARK.test(label) || Boolean(behind?.required),
        after: fields.filter(({ element }) => element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).length,
      };
    });
}
