/** The same constructor, its prototype and statics untouched, noting what it makes. */
export function noting<Instance extends object, Class extends new (...args: never[]) => Instance>(
  original: Class,
  made: { add(instance: Instance): unknown },
): Class {
  return new Proxy(original, {
    construct(target, args, newTarget) {
      const instance = Reflect.construct(target, args, newTarget) as Instance;
      made.add(instance);
      return instance;
    },
  });
}

/** Notes the clones of tracks that are noted. Those of received tracks hold no device. */
export function noteClones(noted: {
  has(track: MediaStreamTrack): boolean;
  add(track: MediaStreamTrack): unknown;
}): void {
  const cloneTrack = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function (): MediaStreamTrack {
    const copy = cloneTrack.call(this);
    if (noted.has(this)) noted.add(copy);
    return copy;
  };
  const cloneStream = MediaStream.prototype.clone;
  MediaStream.prototype.clone = function (): MediaStream {
    const copy = cloneStream.call(this);
    if (this.getTracks().some((track) => noted.has(track))) {
      for (const track of copy.getTracks()) noted.add(track);
    }
    return copy;
  };
}
