import { expect, test, vi } from 'vitest';
import { preferredCodecs } from '../../../src/providers/codec-order.js';
import { useBrowserParts } from './telnyx/telnyx-stage.js';

useBrowserParts();

test('codecs come in the order that was asked for, and none is left out', () => {
  const names = (wanted: readonly string[]) =>
    preferredCodecs(wanted).map(({ mimeType }) => mimeType);
  expect(names(['opus', 'pcmu'])).toEqual([
    'audio/opus',
    'audio/PCMU',
    'audio/telephone-event',
    'audio/G722',
  ]);
  expect(names(['g722'])[0]).toBe('audio/G722');
  vi.stubGlobal('RTCRtpReceiver', {});
  expect(names(['opus'])).toEqual([]);
});
