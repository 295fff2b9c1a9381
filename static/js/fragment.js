// Fetch a piece of a page, one request at a time for each address: news that comes meanwhile asks once more. `gone` is
// called where there is none any more.

const asked = new Map();

export async function fetchFragment(url, use, selector = 'body > :first-child', gone = () => {}) {
  if (asked.has(url)) return void asked.set(url, true);
  asked.set(url, false);
  try {
    do {
      asked.set(url, false);
      const answer = await fetch(url);
      if (answer.ok && !answer.redirected) use(new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(selector));
      else if (answer.status === 404) gone();
    } while (asked.get(url));
  } catch { /* offline: the feed comes again */ } finally {
    asked.delete(url);
  }
}

// Put a fresh piece into the place of an old one. What had the focus keeps it, where it is still there.
export function swap(old, fresh, put = () => old.replaceWith(fresh)) {
  const had = old?.contains(document.activeElement) ? document.activeElement : null;
  put();
  const isSame = (one) => ['id', 'href', 'textContent'].every((name) => one[name] === had[name]);
  if (had) [...fresh.querySelectorAll(had.localName)].find(isSame)?.focus({ preventScroll: true });
}

// The card about the server's allowance and the person's computer, on the deck and on the board.
export function drawAllowance() {
  const card = document.getElementById('allowance');
  fetchFragment(card.dataset.fragment, (fresh) => card.replaceChildren(...fresh.childNodes), '#allowance'); // it stays, so that readers say what is new
}
