import { generate } from 'selfsigned';

/** A private key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a self-signed certificate for `localhost` and `127.0.0.1`. A browser must be told to ignore certificate errors.
 *
 * @param names - further names; `*.` at the beginning stands for any one label
 */
export async function makeCertificate(...names: readonly string[]): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...['localhost', ...names].map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
