import { Child } from './child.js';
import type { LabPorts } from './ports.js';
import type { Programs } from './tools.js';

/** Login of the TURN server. */
export const TURN_LOGIN = { username: 'lab', credential: 'lab' } as const;

/** Starts coturn: TURN over UDP and TCP, for `iceServers`. */
export async function startTurnServer(
  { turnserver }: Programs,
  { folder, address, ports }: { folder: string; address: string; ports: LabPorts },
): Promise<Child> {
  const [first, last] = ports.media.turn;
  const { username, credential } = TURN_LOGIN;
  const child = new Child(
    'coturn',
    [
      ...[turnserver, '-n', '--no-cli', '--cli-password=x', '--no-tls', '--no-dtls'],
      ...['-a', '-u', `${username}:${credential}`, '-r', 'lab', '--allow-loopback-peers'],
      ...['-L', address, '-E', address, '-p', `${ports.turn}`],
      ...['--min-port', `${first}`, '--max-port', `${last}`],
      ...['--log-file', 'stdout', '--simple-log'],
      ...['--pidfile', `${folder}/turn.pid`, '--userdb', `${folder}/turn.db`],
    ],
    folder,
  );
  try {
    await child.until(() => child.output.includes('Relay ports initialization done'));
  } catch (error) {
    await child.kill();
    throw error;
  }
  return child;
}
