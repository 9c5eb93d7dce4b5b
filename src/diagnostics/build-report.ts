import { version } from '../core/version.js';
import type { AudioDevice, AudioSnapshot } from '../media/audio.js';
import { browserSupport } from './browser-support.js';
import { deviceClass } from './device-class.js';
import type { DiagnosticsHost } from './diagnostics-host.js';
import { Scrubber } from './scrub.js';
import type { ReportOptions, SupportReport } from './support-report.js';

/** See `Dialer.report`. */
export function buildReport(
  host: DiagnosticsHost,
  { includeNumbers = false }: ReportOptions,
): SupportReport {
  const scrub = new Scrubber(includeNumbers);
  return {
    schema: 'everdial-report/1',
    createdAtMs: host.environment.clock.now(),
    versions: { everdial: version },
    browser: describeBrowser(),
    support: scrub.data(browserSupport()),
    routes: scrub.data(host.statuses()),
    audio: reduced(host.audio.snapshot),
    calls: host.calls().map((call) => scrub.data(call)),
    log: host.log.lines.map((line) => ({ ...line, message: scrub.text(line.message) })),
  };
}

/** Devices by class and place: their names may name a person, their ids are the same at each visit. */
function reduced(audio: AudioSnapshot): AudioSnapshot {
  const { permission, inputs, outputs, input, output, canSelectOutput, microphoneLive, asking } =
    audio;
  const reduce = (kind: string, all: readonly AudioDevice[]) => (device: AudioDevice) => {
    const place = all.findIndex(({ id }) => id === device.id) + 1;
    const id = device.id === 'default' ? device.id : `${kind}-${place || 'other'}`;
    return { id, label: deviceClass(device.label) };
  };
  const [asInput, asOutput] = [reduce('input', inputs), reduce('output', outputs)];
  return {
    permission,
    inputs: inputs.map(asInput),
    outputs: outputs.map(asOutput),
    input: input && asInput(input),
    output: output && asOutput(output),
    canSelectOutput,
    microphoneLive,
    asking,
  };
}

/** Newer than the type declarations, and not everywhere. */
interface TellingNavigator {
  readonly userAgentData?: { readonly platform?: string; readonly mobile?: boolean };
  readonly connection?: { readonly effectiveType?: string; readonly rtt?: number };
}

function describeBrowser(): SupportReport['browser'] {
  if (typeof navigator === 'undefined' || typeof document === 'undefined') return {};
  const { userAgent, language, hardwareConcurrency, onLine, maxTouchPoints } = navigator;
  const { userAgentData, connection } = navigator as TellingNavigator;
  const told = {
    userAgent,
    language,
    platform: userAgentData?.platform,
    mobile: userAgentData?.mobile,
    cores: hardwareConcurrency,
    touch: maxTouchPoints > 0,
    online: onLine,
    connection: connection?.effectiveType,
    connectionRttMs: connection?.rtt,
    secureContext: globalThis.isSecureContext,
    visibility: document.visibilityState,
    framed: window.self !== window.top,
  };
  return Object.fromEntries(
    Object.entries(told).filter(
      (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
    ),
  );
}
