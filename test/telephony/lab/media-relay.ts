import { Child } from './child.js';
import { answersTcp, type LabPorts } from './ports.js';
import type { Programs } from './tools.js';

/**
 * Starts rtpengine, between a browser's sound (ICE, DTLS-SRTP) and a phone's (RTP); in user space.
 * @param mediaAddress - where it takes sound
 */
export async function startMediaRelay(
  { rtpengine }: Programs,
  { folder, address, ports }: { folder: string; address: string; ports: LabPorts },
  mediaAddress: string,
): Promise<Child> {
  const [first, last] = ports.media.relay;
  const child = new Child(
    'rtpengine',
    [
      ...[rtpengine, '--config-file=none', '--foreground', '--log-stderr', '--log-level=5'],
      ...['--table=-1', `--interface=${mediaAddress}`, `--pidfile=${folder}/rtpengine.pid`],
      ...[`--listen-ng=${address}:${ports.relay}`, `--listen-cli=${address}:${ports.relayCli}`],
      ...[`--port-min=${first}`, `--port-max=${last}`, '--num-threads=2', '--media-num-threads=1'],
      ...['--dtls-cert-cipher=prime256v1', '--delete-delay=0', '--timeout=60'],
      '--offer-timeout=120',
    ],
    folder,
  );
  try {
    await child.until(() => answersTcp(address, ports.relayCli));
  } catch (error) {
    await child.kill();
    throw error;
  }
  return child;
}
