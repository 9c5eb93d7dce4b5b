import { expect, test } from 'vitest';
import { browserKind } from '../../../../src/widget/works/browser-kind.js';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';

test.each([
  ['chrome', `${WINDOWS}) ${BLINK} Chrome/140.0.0.0 Safari/537.36`, 0],
  ['chrome', `${WINDOWS}) ${BLINK} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 10],
  ['chrome', `${MAC} ${BLINK} Chrome/140.0.0.0 Safari/537.36`, 0],
  ['chrome', `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Chromium/140.0 Safari/537.36`, 0],
  ['chrome', 'something else', 0],
  ['firefox', `${WINDOWS}; rv:143.0) Gecko/20100101 Firefox/143.0`, 0],
  ['safari', `${MAC} ${WEBKIT} Version/18.5 Safari/605.1.15`, 0],
  ['safari', `${MAC} ${WEBKIT} Version/18.5 Safari/605.1.15`, 1],
  ['ios', `${MAC} ${WEBKIT} Version/18.5 Safari/605.1.15`, 5],
  ['ios', `${PHONE} ${WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1`, 5],
  ['ios', `${PHONE} ${WEBKIT} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`, 5],
  ['ios', `${PHONE} ${WEBKIT} FxiOS/143.0 Mobile/15E148 Safari/604.1`, 5],
  ['ios', `Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) ${WEBKIT} Version/12.1 Safari/604.1`, 5],
  ['android', `${ANDROID} ${BLINK} Chrome/140.0.0.0 Mobile Safari/537.36`, 5],
  ['android', 'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0', 5],
])('%s: %s, %i fingers', (expected, userAgent, touchPoints) => {
  expect(browserKind(userAgent, touchPoints)).toBe(expected);
});
