import { Dialer } from 'everdial';
import { sandbox } from 'everdial/providers/sandbox';
import { removeNoise } from './noise-suppression.js';

const noise = removeNoise({
  worklet: '/noise/workletProcessor.js',
  wasm: '/noise/rnnoise.wasm',
  simdWasm: '/noise/rnnoise_simd.wasm',
});

const dialer = new Dialer({
  providers: [sandbox()],
  audio: {
    // Two suppressors, one after the other, eat speech.
    noiseSuppression: false,
    processor: noise,
    remoteProcessor: noise,
  },
});

const button = document.querySelector<HTMLButtonElement>('#call');
const status = document.querySelector<HTMLOutputElement>('#status');
const quiet = document.querySelector<HTMLInputElement>('#quiet');

quiet?.addEventListener('change', () => {
  dialer.audio.setProcessor(quiet.checked ? noise : undefined);
});

button?.addEventListener('click', () => {
  const [running] = dialer.calls;
  if (running) {
    void running.hangup();
    return;
  }
  // Answers and echoes.
  const call = dialer.dial('+12025550100');
  call.subscribe(() => {
    const sentence = call.outcome?.error?.summary ?? call.problem?.summary ?? call.state;
    if (status) status.value = sentence;
    button.textContent = call.outcome ? 'Call' : 'Hang up';
  });
});
