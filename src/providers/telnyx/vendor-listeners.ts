type AddListener = EventTarget['addEventListener'];

/**
 * Makes something, and gives with it the function that removes the listeners which were added to window and document
 * meanwhile. The vendor's client adds some when it is made and never removes them, so that every client would live as
 * long as the page.
 */
export function withListeners<Made>(
  make: () => Made,
): readonly [Made, removeListeners: () => void] {
  const added: (() => void)[] = [];
  const restore = [globalThis.window, globalThis.document].map((target) => watch(target, added));
  try {
    const made = make();
    return [
      made,
      () => {
        for (const remove of added.splice(0)) remove();
      },
    ];
  } finally {
    for (const undo of restore) undo();
  }
}

function watch(target: EventTarget, added: (() => void)[]): () => void {
  const before = Object.getOwnPropertyDescriptor(target, 'addEventListener');
  const original: AddListener = target.addEventListener;
  const value: AddListener = (type, listener, options) => {
    original.call(target, type, listener, options);
    added.push(() => target.removeEventListener(type, listener, options));
  };
  Object.defineProperty(target, 'addEventListener', { value, configurable: true });
  return () => {
    if (before) Object.defineProperty(target, 'addEventListener', before);
    else Reflect.deleteProperty(target, 'addEventListener');
  };
}
