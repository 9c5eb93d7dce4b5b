import { startTwilioGateway } from '../lab/twilio/start-twilio-gateway.js';
import { testVendor } from './test-vendor.js';

testVendor('twilio', async (options) => {
  const gateway = await startTwilioGateway(options);
  return { gateway, host: gateway.host };
});
