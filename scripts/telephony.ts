// `npm run telephony`: the telephone path (Kamailio, rtpengine, baresip, sipp) for use by hand, with a page to call from,
// until Ctrl+C. What it is: docs/telephony-lab.md.
import { networkInterfaces } from 'node:os';
import { servePage } from '../test/telephony/hand/serve-page.js';
import { BEARER_TOKEN } from '../test/telephony/lab/gateway.js';
import { e164, NUMBER_LIST } from '../test/telephony/lab/numbers.js';
import { DOMAIN, LOGIN, startTelephony } from '../test/telephony/lab/start-telephony.js';
import { reasonToSkip } from '../test/telephony/lab/tools.js';

const reason = reasonToSkip();
if (reason !== undefined) {
  console.error(`There can be no telephone path here: ${reason}`);
  process.exit(1);
}

const mediaAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const lab = await startTelephony(mediaAddress === undefined ? {} : { mediaAddress });
const web = await servePage(lab);

const numbers = NUMBER_LIST.map(([digits, { does }]) => `  ${e164(digits)}  ${does}`);
console.log(`
${numbers.join('\n')}

  server    ${lab.gateway.webSocket}
  domain    ${DOMAIN}
  username  ${LOGIN.username}
  password  ${LOGIN.token}   (any other name: secret-NAME)
  bearer    ${BEARER_TOKEN}
  faults    curl -d '{"jsonrpc":"2.0","id":1,"method":"htable.seti","params":["fault","invite",503]}' ${lab.gateway.webSocket.replace('ws:', 'http:')}/RPC

  page      ${web.url}

Ctrl+C stops it.`);

const stop = async (): Promise<never> => {
  await web.close();
  await lab.close();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
