import type { Subscribable } from '../core/subscribable.js';

/** Events as `[name, payload]`, of any of the types of `Events`. */
export type RecordedEvent<Events> = {
  readonly [Type in keyof Events]: readonly [type: Type, event: Events[Type]];
}[keyof Events & string];

/** Records events in order, as `[name, payload]`, from now on. */
export function recordEvents<Events>(
  source: Subscribable<Events>,
  types: readonly (keyof Events & string)[],
): readonly RecordedEvent<Events>[] {
  const recorded: RecordedEvent<Events>[] = [];
  for (const type of types) source.on(type, (event) => recorded.push([type, event]));
  return recorded;
}
