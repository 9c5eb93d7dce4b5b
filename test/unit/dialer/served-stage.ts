import type { AccessHooks, CallGrant } from '../../../src/access/hooks.js';
import { answers } from '../failover/broken-route.js';
import { type Script, scripted } from '../failover/scripted-provider.js';
import { type StageOptions, stage } from './dialer-stage.js';

type Hooks = Pick<AccessHooks, 'openCall' | 'closeCall'>;

/** A Dialer with a server behind it, over two routes that work unless told otherwise. */
export function served(
  hooks: Hooks,
  options: StageOptions = {},
  script: Script = {},
  other: Script = {},
) {
  const first = scripted({ ...answers, ...script });
  const second = scripted({ ...answers, route: 'second', ...other });
  const withHooks: StageOptions & Hooks = { ...options, ...hooks };
  return { ...stage([first, second], withHooks), first, second };
}

/** A server that opens every call like this. */
export const granting =
  (grant: CallGrant): AccessHooks['openCall'] =>
  () =>
    grant;
