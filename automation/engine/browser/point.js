// Returns where in the window the element arguments[0] can be pressed, [x, y] in CSS pixels, scrolled into view if it
// is not; null where something else lies there, or where a frame of another site does not know its own place.
const [node] = arguments;
const LONGEST = 1000; // milliseconds
const DRAWN = 200;
const STAYS = /color|shadow|outline|opacity/; // a change of these moves nothing

function spot() {
  const box = [...node.getClientRects()].find((one) => one.width && one.height);
  if (!box) return null;
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const hit = node.getRootNode().elementFromPoint(x, y);
  return hit && node.contains(hit) ? [x, y] : null;
}

function inWindow([x, y]) {
  try {
    for (let view = window; view !== view.top; view = view.parent) {
      const frame = view.frameElement;
      const box = frame.getBoundingClientRect();
      x += box.x + frame.clientLeft;
      y += box.y + frame.clientTop;
    }
    return [x, y];
  } catch {
    return null;
  }
}

// A list that slides open moves away under the mouse: what moves is waited for, what never stops is not.
async function atRest() {
  const moving = document.getAnimations().filter(({ playState, effect, transitionProperty }) => playState === 'running'
    && !STAYS.test(transitionProperty) && effect.target?.contains(node) && effect.getComputedTiming().endTime < LONGEST);
  if (!moving.length) return;
  const over = new Promise((resolve) => { setTimeout(resolve, LONGEST); });
  await Promise.race([Promise.allSettled(moving.map((one) => one.finished)), over]);
}

const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 50); });

async function main() {
  await atRest();
  let found = spot();
  if (!found) node.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  for (const until = performance.now() + DRAWN; !(found ||= spot()) && performance.now() < until;) {
    await nextFrame(); // it may be about to come into sight
    await atRest();
  }
  return found && inWindow(found);
}

return main();
