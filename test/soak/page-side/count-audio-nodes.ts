import { callerOf, tally } from './owner.js';
import type { OwnedCount } from './soak-page-types.js';

/** Watches the nodes that calls make; gives the function that counts those that were not collected. */
export function countAudioNodes(): () => OwnedCount[] {
  let made: { readonly owner: string; readonly what: string; readonly node: WeakRef<AudioNode> }[] =
    [];
  const note = (what: string, node: AudioNode): void => {
    made.push({ owner: callerOf(new Error().stack), what, node: new WeakRef(node) });
  };
  const { createMediaStreamSource } = AudioContext.prototype;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    const node = createMediaStreamSource.call(this, stream);
    note('source', node);
    return node;
  };
  const { createAnalyser } = BaseAudioContext.prototype;
  BaseAudioContext.prototype.createAnalyser = function () {
    const node = createAnalyser.call(this);
    note('analyser', node);
    return node;
  };
  return () => {
    made = made.filter(({ node }) => node.deref() !== undefined);
    return tally(made);
  };
}
