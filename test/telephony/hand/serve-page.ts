import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildPage } from '../../lab/browser/build-page.js';
import { startWebServer, type WebServer } from '../../lab/net/web-server.js';
import { e164, type LabDigits, NUMBER_LIST } from '../lab/numbers.js';
import { DOMAIN, LOGIN, type Telephony } from '../lab/start-telephony.js';
import type { HandCommand, HandPhone, HandSettings } from './protocol.js';

const BODY = `<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem }
  main { display: grid; gap: 2rem; grid-template-columns: 3fr 2fr }
  td { padding: .1rem .8rem .1rem 0 }
  button { font: inherit; white-space: nowrap }
  #keypad { display: grid; gap: .3rem; grid-template-columns: repeat(3, 3.5rem); margin: .5rem 0 }
  #keypad small { display: none }
  pre { background: #f3f3f3; min-height: 8rem; padding: .5rem; white-space: pre-wrap }
</style>
<h1>The telephone path</h1>
<main>
  <section aria-label="Numbers"><table id="numbers"></table></section>
  <section aria-label="Call">
    <p><strong id="state" role="status">no call</strong></p>
    <p><button id="hangup">Hang up</button> <button id="hold">Hold</button> <button id="mute">Mute</button></p>
    <div id="keypad"></div>
    <pre id="events" aria-label="What the Dialer says"></pre>
    <h2>The phone</h2>
    <p id="answers"></p>
    <pre id="phone" aria-label="What the phone says"></pre>
  </section>
</main>`;

/** Serves a page with a Dialer over the lab, and with the buttons of its phone. */
export async function servePage(lab: Telephony): Promise<WebServer & { readonly url: string }> {
  const settings: HandSettings = {
    server: lab.gateway.webSocket,
    domain: DOMAIN,
    ...LOGIN,
    numbers: NUMBER_LIST.map(([digits, { does }]) => [e164(digits), does]),
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = (body: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/settings.json') answer(settings);
    else if (request.url !== '/phone') return false;
    else if (request.method !== 'POST') answer(phoneNow(lab));
    else {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const command = JSON.parse(Buffer.concat(chunks).toString()) as HandCommand;
      lab.phone[command.do](command.number as LabDigits);
      answer({});
    }
    return true;
  };
  const web = await startWebServer([respond]);
  const path = await buildPage('test/telephony/hand/hand-page.ts', { body: BODY });
  return { ...web, url: web.origin + path };
}

function phoneNow({ phone }: Telephony): HandPhone {
  const history = phone.history.slice(-14).map(({ at, number, type, digit = '', reason = '' }) => {
    const time = new Date(at).toISOString().slice(11, 23);
    return [time, number, type, digit, reason].join(' ').trim();
  });
  return { history, live: phone.liveCalls.map((call) => call.split(' ')[0] ?? '') };
}
