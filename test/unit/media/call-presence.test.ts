import { expect, it } from 'vitest';
import { createCallPresence } from '../../../src/media/call-presence.js';
import { testEnvironment } from '../../../src/testing/index.js';

const seen = ({
  screenKeptOn,
  callAudioHinted,
  callControls,
}: ReturnType<typeof testEnvironment>) => ({ screenKeptOn, callAudioHinted, callControls });
const NOTHING = { screenKeptOn: false, callAudioHinted: false, callControls: undefined };

it.each([true, false])(
  'a call is known to the system while it lasts; screen on: %s',
  (keepScreenOn) => {
    const environment = testEnvironment();
    expect(seen(environment)).toEqual(NOTHING);
    const pressed: string[] = [];
    const presence = createCallPresence(environment.page, {
      keepScreenOn,
      hangup: () => pressed.push('hangup'),
      toggleMute: () => pressed.push('mute'),
    });
    expect(seen(environment)).toEqual({
      screenKeptOn: keepScreenOn,
      callAudioHinted: true,
      callControls: { muted: false },
    });
    environment.pressMediaKey('togglemicrophone');
    environment.pressMediaKey('hangup');
    expect(pressed).toEqual(['mute', 'hangup']);
    presence.update({ muted: true });
    expect(environment.callControls).toEqual({ muted: true });
    presence.stop();
    presence.stop();
    presence.update({ muted: false });
    expect(seen(environment)).toEqual(NOTHING);
    expect(() => environment.pressMediaKey('hangup')).toThrow('no call');
  },
);

it('a page that comes into view tells so, until nobody listens', () => {
  const environment = testEnvironment();
  let told = 0;
  const stop = environment.page.onVisible(() => {
    told += 1;
  });
  environment.showPage();
  stop();
  environment.showPage();
  expect(told).toBe(1);
});
