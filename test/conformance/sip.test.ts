import { startSipGateway } from '../lab/sip/gateway.js';
import { testVendor } from './test-vendor.js';

testVendor('sip', async (options) => {
  const gateway = await startSipGateway(options);
  return { gateway, host: gateway.url };
});
