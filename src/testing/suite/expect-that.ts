/** Throws with this description when it does not hold. */
export function expectThat(holds: boolean, description: string): asserts holds {
  if (!holds) throw new Error(description);
}

/** What a promise rejects with; throws with this description when it resolves. */
export async function rejectionOf(
  promise: Promise<unknown>,
  description: string,
): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error(description);
}

/** A value for a message: the code of a DialerError, else its text. */
export function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'code' in value) return `${value.code}`;
  return String(value);
}
