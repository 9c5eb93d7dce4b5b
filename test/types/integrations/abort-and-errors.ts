// Cancel button, time limit, and an error panel that says what to do.
import { type Call, type Dialer, isDialerError } from 'everdial';

export async function callSupport(dialer: Dialer, number: string, ui: Panel): Promise<void> {
  const cancel = new AbortController();
  ui.onCancel = () => cancel.abort();

  // The signal cancels the dialling only: the time limit does not cut the conversation.
  await follow(
    dialer.dial(number, { signal: AbortSignal.any([cancel.signal, AbortSignal.timeout(60_000)]) }),
    ui,
  );
}

async function follow(call: Call, ui: Panel): Promise<void> {
  try {
    const { evidence } = await call.when('answered');
    ui.showTalking(evidence === 'assumed' ? 'Connected to the line' : 'Answered');
  } catch (error) {
    if (isDialerError(error, 'media/permission-denied', 'media/permission-dismissed'))
      ui.showMicrophoneHelp();
    else if (isDialerError(error) && error.code !== 'call/cancelled') {
      ui.showError({
        title: error.summary,
        help: error.remedy,
        code: [error.code, error.codes.sipCode].filter(Boolean).join(' '),
      });
    }
  }

  const outcome = await call.when('ended');
  if (!outcome.media.released)
    console.error(`${outcome.media.liveTracks} microphone tracks are still live`);
  const again = () => follow(call.redial(), ui);
  if (outcome.redialAdvice === 'ok') ui.offer('Call again', again);
  if (outcome.redialAdvice === 'ask')
    ui.offer('Their telephone may have rung already. Call again?', again);
}

interface Panel {
  onCancel: () => void;
  showTalking(text: string): void;
  showMicrophoneHelp(): void;
  showError(error: { title: string; help: string; code: string }): void;
  offer(question: string, yes: () => Promise<void>): void;
}
