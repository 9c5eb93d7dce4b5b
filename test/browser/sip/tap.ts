import type { WebSocketRoute } from 'playwright-core';

/** What becomes of one message: another text, or nothing for one that is lost. */
export type Rewrite = (text: string) => string | undefined;

const BLANK = '\r\n\r\n';

/** Somebody between the page and the gateway, who changes, holds and adds messages that the gateway itself never would. */
export class Tap {
  /** For what the gateway sends. */
  toPage: Rewrite = (text) => text;
  /** For what the page sends. */
  toGateway: Rewrite = (text) => text;
  /** What the page sent, in order. */
  readonly sent: string[] = [];
  #page: WebSocketRoute | undefined;
  #answer = '';

  /** Stands between a new socket of the page and the gateway. */
  join(page: WebSocketRoute): void {
    const gateway = page.connectToServer();
    this.#page = page;
    page.onMessage((message) => {
      this.sent.push(String(message));
      const text = this.toGateway(String(message));
      if (text !== undefined) gateway.send(text);
    });
    gateway.onMessage((message) => {
      if (isResponse(String(message), '200', 'INVITE')) this.#answer ||= String(message);
      const text = this.toPage(String(message));
      if (text !== undefined) page.send(text);
    });
  }

  /** The gateway's answer to the first INVITE. */
  get answer(): string {
    return this.#answer;
  }

  /** Sends something to the page as if it came from the gateway. */
  send(text: string): void {
    this.#page?.send(text);
  }

  /** Sends a request to the page in the call that was answered; `sequence` above all of the gateway's own. */
  request(method: string, sequence: number, body: string, headers: readonly string[] = []): void {
    const invite = this.sent.find((text) => text.startsWith('INVITE')) ?? '';
    this.send(
      [
        `${method} ${/<([^>]*)>/.exec(header(invite, 'Contact'))?.[1]} SIP/2.0`,
        `Via: SIP/2.0/WS tap.example;branch=z9hG4bKtap${method}${sequence}`,
        'Max-Forwards: 70',
        `From: ${header(this.#answer, 'To')}`,
        `To: ${header(this.#answer, 'From')}`,
        `Call-ID: ${header(this.#answer, 'Call-ID')}`,
        `CSeq: ${sequence} ${method}`,
        'Contact: <sip:tap.example;transport=ws>',
        ...headers,
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
  }
}

/** Whether it is such a response, like `isResponse(text, '200', 'INVITE')`. */
export const isResponse = (text: string, status: string, method: string): boolean =>
  text.startsWith(`SIP/2.0 ${status}`) && new RegExp(`^CSeq: \\d+ ${method}\\r$`, 'im').test(text);

/** Value of a header. */
export const header = (text: string, name: string): string =>
  new RegExp(`^${name}: (.*)\\r$`, 'im').exec(text)?.[1] ?? '';

/** The body. */
export const bodyOf = (text: string): string => text.slice(text.indexOf(BLANK) + BLANK.length);

/** The same message with another body; an empty one leaves without its type. */
export function withBody(text: string, body: string): string {
  const head = text
    .slice(0, text.indexOf(BLANK))
    .replace(/^Content-Length: .*$/im, `Content-Length: ${body.length}`)
    .replace(body ? /(?!)/ : /^Content-Type: .*\r\n/im, '');
  return head + BLANK + body;
}

/** A response with another status and without a body, such as `withStatus(ok, '603 Decline')`. */
export const withStatus = (response: string, status: string): string =>
  withBody(response.replace(/^SIP\/2.0 .*\r\n/, `SIP/2.0 ${status}\r\n`), '');
