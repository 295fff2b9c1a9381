// An input as React keeps it: what is only set, past its own setter's back and without an event, is not heard, and
// goes when the focus does. `heard` gets each value that counts; the function that is returned sets one.
export function control(input, heard) {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value');
  let state = own.get.call(input);
  let tracked = state;
  Object.defineProperty(input, 'value', {
    configurable: true,
    get() { return own.get.call(input); },
    set(value) { tracked = String(value); own.set.call(input, value); },
  });
  input.addEventListener('input', () => {
    const now = own.get.call(input);
    if (now === tracked) return;
    tracked = now;
    state = now;
    heard(now);
  });
  const draw = () => {
    tracked = state;
    if (own.get.call(input) !== state) own.set.call(input, state);
  };
  input.addEventListener('blur', () => setTimeout(draw));
  return (value) => { state = value; draw(); };
}
