import type { Call, QualitySample, SecurityReport } from '../../index.js';
import type { EverdialTexts } from '../languages/en.js';
import type { DetailsModel } from '../panel/panel-model.js';

/** How carriers call themselves; others appear as they are named in the page. */
const CARRIERS: Readonly<Record<string, string>> = {
  telnyx: 'Telnyx',
  twilio: 'Twilio',
  sip: 'SIP',
  sandbox: 'Sandbox',
};

/** What the details of a call show, from what is known of it. */
export function detailsOf(
  call: Call | undefined,
  sample: QualitySample | undefined,
  security: SecurityReport | undefined,
  copied: boolean,
  texts: EverdialTexts,
  language: string,
): DetailsModel {
  const number = (value: number, unit: string | undefined, digits: number): string =>
    new Intl.NumberFormat(language, {
      numberingSystem: 'latn',
      maximumFractionDigits: digits,
      minimumFractionDigits: digits,
      ...(unit && { style: 'unit', unit }),
    }).format(value);
  const provider = call?.provider ?? '';
  const line = call?.timeline.some(({ attempt }) => attempt > 1);
  return {
    carrier: provider
      ? `${CARRIERS[provider] ?? provider} · ${line ? texts.otherLine : texts.firstLine}`
      : '',
    encrypted: security?.verified,
    quality: { good: 'good', fair: 'fair', poor: 'weak', unknown: undefined }[
      call?.quality ?? 'unknown'
    ] as DetailsModel['quality'],
    mos: sample && `${number(sample.mos, undefined, 1)} / ${number(4.5, undefined, 1)}`,
    delay: sample?.rttMs === undefined ? undefined : number(sample.rttMs, 'millisecond', 0),
    loss: sample && number(sample.lossPercent, 'percent', 1),
    data: sample && number(sample.usedMegabytes, 'megabyte', 1),
    copied,
  };
}
