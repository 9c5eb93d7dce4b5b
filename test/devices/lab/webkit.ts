import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { MINI_BROWSER } from '../tools.js';

/** A page in WebKitGTK, driven over W3C WebDriver. */
export interface WebKitPage {
  /** Goes to an address. */
  goto(url: string): Promise<void>;
  /** Runs the body of a function in the page and gives what it returns or resolves with. */
  evaluate(body: string): Promise<unknown>;
  /** Closes the browser. */
  close(): Promise<void>;
}

/** Starts WebKitGTK's browser on a display. */
export async function openWebKit(env: Readonly<Record<string, string>>): Promise<WebKitPage> {
  const port = await freePort();
  const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    // As root there is no sandbox.
    env: { ...process.env, ...env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(JSON.stringify(value));
    return value;
  };
  const browser = {
    binary: MINI_BROWSER,
    args: ['--automation', '--enable-mock-capture-devices=true'],
  };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser } };
  let session: { readonly sessionId: string } | undefined;
  for (let tries = 0; session === undefined; tries += 1) {
    try {
      session = (await ask('POST', '/session', { capabilities })) as { sessionId: string };
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const base = `/session/${session.sessionId}`;
  return {
    async goto(url) {
      await ask('POST', `${base}/url`, { url });
    },
    async evaluate(body) {
      const { value, failure } = (await ask('POST', `${base}/execute/async`, {
        script: `const done = arguments[0]; (async () => { ${body} })().then((value) => done({ value }), (error) => done({ failure: String(error) }));`,
        args: [],
      })) as { readonly value?: unknown; readonly failure?: string };
      if (failure !== undefined) throw new Error(failure);
      return value;
    },
    async close() {
      await ask('DELETE', base).catch(() => undefined);
      driver.kill('SIGKILL');
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}
