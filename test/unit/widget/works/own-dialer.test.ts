import { isDialerError, type Provider } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { h } from '../../../../src/widget/dom/h.js';
import { addProviderNames } from '../../../../src/widget/provider-names.js';
import { type BorrowedDialer, borrowDialer } from '../../../../src/widget/works/own-dialer.js';
import { readSettings } from '../../../../src/widget/works/settings.js';

const borrowed: BorrowedDialer[] = [];

function borrow(attributes: Record<string, string>): BorrowedDialer {
  const one = borrowDialer(readSettings(h('div', attributes), () => undefined));
  borrowed.push(one);
  return one;
}

function errorOf(attributes: Record<string, string>) {
  try {
    borrow(attributes);
  } catch (error) {
    if (isDialerError(error)) return error;
  }
  throw new Error('No error');
}

/** A provider that asks for its token as soon as it is opened. */
const needy = (): Provider => {
  const line = sandbox({ route: 'needy' });
  return {
    ...line,
    token: 'required',
    open: async (context) => {
      await context.getToken();
      return line.open(context);
    },
  };
};

addProviderNames({ sandbox, other: () => sandbox({ route: 'other' }), needy });

afterEach(() => {
  for (const one of borrowed.splice(0)) one.release();
  vi.unstubAllGlobals();
});

describe('sharing', () => {
  test('elements that say the same get the same Dialer, others another one', () => {
    const { dialer } = borrow({ providers: 'sandbox' });
    expect(borrow({ providers: ' sandbox ', to: '+12025550100' }).dialer).toBe(dialer);
    expect(borrow({ providers: 'sandbox other' }).dialer).not.toBe(dialer);
    expect(borrow({ providers: 'sandbox', site: 'a' }).dialer).not.toBe(dialer);
    expect(borrow({ providers: 'sandbox', 'token-url': '/a' }).dialer).not.toBe(dialer);
  });

  test('the routes stand in the order of the attribute', () => {
    const { dialer } = borrow({ providers: 'other sandbox' });
    expect(dialer.routes.map(({ route }) => route)).toEqual(['other', 'sandbox']);
  });

  test('the last one closes it; giving back twice counts once', async () => {
    const one = borrow({ providers: 'sandbox' });
    const two = borrow({ providers: 'sandbox' });
    one.release();
    one.release();
    expect(two.dialer.status).not.toBe('closed');
    expect(borrow({ providers: 'sandbox' }).dialer).toBe(two.dialer);
    borrowed.at(-1)?.release();
    two.release();
    await vi.waitFor(() => expect(two.dialer.status).toBe('closed'));
    expect(borrow({ providers: 'sandbox' }).dialer).not.toBe(two.dialer);
  });
});

describe('attributes that describe none', () => {
  test('no provider', () => {
    const error = errorOf({});
    expect(error.code).toBe('config/invalid-option');
    expect(error.message).toContain('attribute providers');
  });

  test('a provider that nobody knows', () => {
    const error = errorOf({ providers: 'sandbox acme' });
    expect(error.code).toBe('config/invalid-option');
    expect(error.message).toContain('"acme"');
    expect(error.message).toContain('sandbox');
  });

  test('a provider that needs tokens, and nowhere to get them', () => {
    const error = errorOf({ providers: 'needy' });
    expect(error.code).toBe('config/no-access-server');
    expect(error.message).toContain('token-url');
  });

  test.each([{}, { providers: 'acme' }, { providers: 'needy' }])(
    'the error %j tells no number and no address',
    (attributes) => {
      const { message, stack = '' } = errorOf({
        to: '+12025550100',
        phone: '+12025550101',
        site: 'site-4711',
        ...attributes,
      });
      expect(message + stack.split('\n')[0]).not.toMatch(/202|4711/);
    },
  );

  test('nothing is kept of what went wrong', () => {
    errorOf({ providers: 'late' });
    addProviderNames({ late: sandbox });
    expect(borrow({ providers: 'late' }).dialer.routes).toHaveLength(1);
  });
});

describe('tokens', () => {
  const asked = async (attributes: Record<string, string>) => {
    const requests: (readonly [string, string | undefined])[] = [];
    vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
      requests.push([String(url), init.method]);
      return new Response('token');
    });
    const { dialer } = borrow({ providers: 'needy', ...attributes });
    await dialer.warmUp();
    return requests;
  };
  const at = (path: string) => String(new URL(path, document.baseURI));

  test.each([
    ['/tokens', {}, '/tokens/sandbox'],
    ['/tokens/', {}, '/tokens/sandbox'],
    ['https://api.example.com/t', {}, 'https://api.example.com/t/sandbox'],
    ['/tokens?shop=1', {}, '/tokens/sandbox?shop=1'],
    ['/tokens/?shop=1', { site: 'a' }, '/tokens/sandbox?shop=1&site=a'],
    ['/tokens', { site: 'a b&c' }, '/tokens/sandbox?site=a+b%26c'],
  ])('%s %j', async (url, more, expected) => {
    document.head.append(h('base', { href: 'https://shop.example.com/page' }));
    try {
      expect(await asked({ 'token-url': url, ...more })).toEqual([[at(expected), 'POST']]);
    } finally {
      document.head.replaceChildren();
    }
  });
});
