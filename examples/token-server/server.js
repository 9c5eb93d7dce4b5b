import { createServer } from 'node:http';
import { createHandler } from './handler.js';
import { readSettings } from './settings.js';

const settings = readSettings(process.env);
const carriers = ['telnyx', 'twilio'].filter(
  (carrier) => settings[/** @type {'telnyx' | 'twilio'} */ (carrier)] !== undefined,
);
const server = createServer(createHandler(settings));
server.listen(settings.port, () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`Tokens for ${carriers.join(' and ') || 'no carrier'} on port ${address.port}`);
});
