import { describe, expect, it } from 'vitest';
import { DialerError } from '../../../src/errors/dialer-error.js';
import { fromDomException, type MicrophoneFacts } from '../../../src/errors/from-dom-exception.js';

const FACTS: MicrophoneFacts = {
  permission: 'unknown',
  secureContext: true,
  allowedByPolicy: true,
};

const thrown = (name: string, message = '', more: object = {}): unknown =>
  Object.assign(new DOMException(message, name), more);

const codeFor = (error: unknown, facts: Partial<MicrophoneFacts> = {}): string =>
  fromDomException(error, { ...FACTS, ...facts }).code;

describe('fromDomException', () => {
  it.each([
    ['Chromium, denied', 'Permission denied', 'denied', 'media/permission-denied'],
    ['Chromium, dismissed', 'Permission dismissed', 'prompt', 'media/permission-dismissed'],
    [
      'Chromium, dismissed, state unknown',
      'Permission dismissed',
      'unknown',
      'media/permission-dismissed',
    ],
    ['Firefox, once denied', 'The request is not allowed', 'prompt', 'media/permission-dismissed'],
    ['Safari, denied', 'The request is not allowed', 'unknown', 'media/permission-denied'],
    ['denied by the system', 'Permission denied by system', 'granted', 'media/permission-denied'],
  ] as const)('NotAllowedError: %s', (_, message, permission, code) => {
    expect(codeFor(thrown('NotAllowedError', message), { permission })).toBe(code);
  });

  it('blames the policy of the page even while the permission reads "granted"', () => {
    const error = thrown('NotAllowedError', 'Permission denied');
    expect(codeFor(error, { allowedByPolicy: false, permission: 'granted' })).toBe(
      'media/blocked-by-page',
    );
  });

  it('says that the system denied it when the page is allowed', () => {
    const facts = { ...FACTS, permission: 'granted' } as const;
    expect(fromDomException(thrown('NotAllowedError'), facts).message).toContain(
      'operating system',
    );
    expect(fromDomException(thrown('NotAllowedError'), FACTS).message).not.toContain('operating');
  });

  it.each([
    ['NotFoundError', 'media/device-not-found'],
    ['NotReadableError', 'media/device-in-use'],
    ['AbortError', 'media/device-in-use'],
    ['SecurityError', 'media/blocked-by-page'],
    ['InvalidStateError', 'internal/unexpected'],
  ])('%s is %s', (name, code) => {
    expect(codeFor(thrown(name))).toBe(code);
  });

  it('tells a chosen device that is gone from constraints that nothing meets', () => {
    expect(codeFor(thrown('OverconstrainedError', '', { constraint: 'deviceId' }))).toBe(
      'media/device-not-found',
    );
    expect(codeFor(thrown('OverconstrainedError', '', { constraint: 'sampleRate' }))).toBe(
      'media/constraints-failed',
    );
  });

  it('explains the TypeError of a page without mediaDevices', () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'getUserMedia')");
    expect(codeFor(error, { secureContext: false })).toBe('media/insecure-context');
    expect(codeFor(error)).toBe('support/no-webrtc');
  });

  it('keeps what was thrown as cause, and takes anything', () => {
    const error = thrown('NotFoundError');
    expect(fromDomException(error, FACTS).cause).toBe(error);
    for (const nonsense of [undefined, null, 'text', 5, {}]) {
      expect(codeFor(nonsense)).toBe('internal/unexpected');
    }
  });

  it('hands a DialerError back unchanged', () => {
    const error = new DialerError('state/aborted');
    expect(fromDomException(error, FACTS)).toBe(error);
  });
});
