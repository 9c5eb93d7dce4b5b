import { startTelnyxGateway } from '../lab/telnyx/gateway.js';
import { testVendor } from './test-vendor.js';

testVendor('telnyx', async (options) => {
  const gateway = await startTelnyxGateway(options);
  return { gateway, host: gateway.url };
});
