/** For each state, the states that may follow it. A terminal state has an empty list. */
export type TransitionTable<State extends string> = Readonly<Record<State, readonly State[]>>;

/** A state that only moves along its {@link TransitionTable}. */
export interface StateMachine<State extends string> {
  /** Where it stands. */
  readonly state: State;
  /** Whether this move is in the table. */
  can(next: State): boolean;
  /**
   * Moves, and says whether it did. A move that is not in the table is refused: late messages of a vendor (a `ringing`
   * after the answer) are dropped in this one place.
   */
  move(next: State): boolean;
}

/**
 * Makes a state machine over a table.
 * @param onMove - Called after each move, when `state` has its new value.
 */
export function createStateMachine<State extends string>(
  table: TransitionTable<State>,
  initial: State,
  onMove: (state: State, previous: State) => void,
): StateMachine<State> {
  let state = initial;
  const can = (next: State) => table[state].includes(next);
  return {
    get state() {
      return state;
    },
    can,
    move(next) {
      if (!can(next)) return false;
      const previous = state;
      state = next;
      onMove(next, previous);
      return true;
    },
  };
}
