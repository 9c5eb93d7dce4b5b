// Every tel: link of a page calls; a field takes any number.
import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { watchTelLinks } from 'everdial/tel-links';

const dialer = new Dialer({ providers: [sandbox()] });
const stop = watchTelLinks({
  country: 'US',
  onCall: (to) => dialer.dial(to),
  onIntent: () => void dialer.warmUp(),
});
addEventListener('pagehide', stop);

const field = document.querySelector('input');
field?.addEventListener('change', async () => {
  const { formatNumber, parseNumber } = await import('everdial/numbers');
  const parsed = parseNumber(field.value, { country: 'US' });
  if (!parsed.ok) {
    field.setCustomValidity(parsed.reason === 'emergency' ? 'Use a phone.' : 'Check the number.');
    return;
  }
  if (parsed.kind === 'premium' && !window.confirm('This number costs more.')) return;
  field.value = formatNumber(parsed.e164);
  dialer.dial(parsed.e164);
});
