/** What must have been made by now. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('not made yet');
  return value;
}
