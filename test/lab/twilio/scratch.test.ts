import { it, vi } from 'vitest';
import { useSdkLab } from './sdk-lab.js';
const lab = useSdkLab();
it('x', { timeout: 90_000 }, async () => {
  const sdk = await lab.open();
  const leg = await lab.talk(sdk);
  const t0 = performance.timeOrigin + performance.now();
  lab.gateway.dropMedia();
  lab.gateway.settings.candidates = 'none';
  const two = await lab.open();
  const l2 = await lab.dial(two);
  l2.listener.answered();
  await two.until('accept');
  const t1 = performance.timeOrigin + performance.now();
  await two.run('sendDigits', '12');
  lab.gateway.settings.candidates = 'unreachable';
  const three = await lab.open();
  const l3 = await lab.dial(three);
  l3.listener.answered();
  await three.until('accept');
  const t2 = performance.timeOrigin + performance.now();
  await new Promise((r) => setTimeout(r, 52_000));
  for (const [n, s, t] of [['drop', sdk, t0], ['none', two, t1], ['unreach', three, t2]] as const)
    console.log(n, JSON.stringify((await s.events()).map((e) => [e.name, Math.round(e.atMs - t), e.detail])));
  console.log(l2.said, lab.gateway.frames.filter((f) => f.text.includes('reinvite')).length, await sdk.resources());
});
