import type { DialerOptions } from 'everdial';

type EndLeg = NonNullable<DialerOptions['endLeg']>;

/** Asks the lab's server, which serves the page, to end a leg. */
export const endLeg: EndLeg = async ({ signal, ...leg }) => {
  const response = await fetch('/end-leg', { method: 'POST', body: JSON.stringify(leg), signal });
  return (await response.text()) as Awaited<ReturnType<EndLeg>>;
};
