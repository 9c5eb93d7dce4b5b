import { describe, expect, it } from 'vitest';
import { createProblems } from '../../../src/dialer/problems.js';
import { DialerError } from '../../../src/errors/dialer-error.js';

describe('the problems of a call', () => {
  it('tell the most pressing one, and what is behind it when that is mended', () => {
    const told: (string | undefined)[] = [];
    const problems = createProblems((problem) => told.push(problem?.code));
    problems.set('slow', new DialerError('call/slow'));
    problems.set('microphone', new DialerError('media/device-lost'));
    problems.set('sound', new DialerError('media/not-receiving'));
    problems.set('microphone', undefined);
    problems.set('sound', undefined);
    problems.set('slow', undefined);
    problems.set('slow', undefined);
    expect(told).toEqual([
      'call/slow',
      'media/device-lost',
      'media/not-receiving',
      'call/slow',
      undefined,
    ]);
  });

  it('do not tell the same one again, whoever finds it', () => {
    const told: (string | undefined)[] = [];
    const problems = createProblems((problem) => told.push(problem?.code));
    problems.set('late', new DialerError('media/not-receiving'));
    problems.set('sound', new DialerError('media/not-receiving'));
    problems.set('late', undefined);
    expect(told).toEqual(['media/not-receiving']);
  });
});
