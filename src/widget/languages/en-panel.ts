/** The English words of the start button and the panel. What they mean and how they are written stands in `en.ts`. */
export const enPanel = {
  /** The start button. */
  call: 'Call us',
  /** Call, in the panel. */
  callNow: 'Call',
  /** Hang up. */
  hangup: 'Hang up',
  /** Cancel. */
  cancel: 'Cancel',
  /** Call again. */
  redial: 'Call again',
  /** Close. */
  close: 'Close',
  /** Try again. */
  retry: 'Try again',
  /** Consent given. */
  agree: 'Agree and call',
  /** Consent not given. */
  notNow: 'Not now',
  /** Before the number in the link that calls with a phone. */
  usePhone: 'Use your phone',
  /** The link alone; `{number}`. */
  callNumber: 'Call {number}',
  /** Below that link where calls are impossible. */
  noBrowser: 'This browser can’t make calls',
  /** Makes the panel small. */
  minimise: 'Minimise',
  /** Opens the panel from the bar. */
  expand: 'Open the call panel',
  /** On the button while a call is running. */
  backToCall: 'Back to the call',
  /** Back from a view. */
  back: 'Back',
  /** Name of the panel; `{name}`. */
  callWith: 'Call with {name}',
  /** Out of opening hours. */
  closed: 'Closed now',
  /** When it opens again; `{day}` and `{time}`. */
  opens: 'Opens {day} at {time}',
  /** Open today; `{time}`. */
  openUntil: 'Open until {time}',

  /** Mute. */
  mute: 'Mute',
  /** Unmute. */
  unmute: 'Unmute',
  /** Hold. */
  hold: 'Hold',
  /** Take back from hold. */
  resume: 'Resume',
  /** Opens the keypad. */
  keypad: 'Keypad',
  /** Closes the keypad. */
  hideKeypad: 'Hide',
  /** Opens the choice of microphone and speaker. */
  devices: 'Audio',
  /** Why a control can not be used before the answer. */
  notYet: 'Possible when the call is connected',
  /** Why hold can not be used at all. */
  notHere: 'Not possible in this call',

  /** This end of the line. */
  you: 'You',
  /** This end of the line, muted. */
  muted: 'Muted',
  /** The other end of the line. */
  them: 'Them',
  /** First step of a call. */
  stepMicrophone: 'Microphone',
  /** Second step of a call. */
  stepLine: 'Secure line',
  /** Third step of a call. */
  stepRing: 'Ringing',
  /** Behind a step. */
  done: 'done',
  /** Behind a step. */
  now: 'in progress',
  /** Behind a step. */
  waiting: 'not yet',
  /** Behind a step. */
  failed: 'failed',
  /** Name of the drawing of the line. */
  progress: 'Progress of the call',
  /** Name of the timer. */
  callTime: 'Call time',
  /** The receipt. */
  microphoneOff: 'Your microphone is off',
  /** The receipt when it is not so. */
  microphoneOn: 'Your microphone is still on. Close this tab to be sure.',
  /** Opens the choice of microphones. */
  chooseMicrophone: 'Choose microphone',
  /** Lets sound play. */
  turnOnSound: 'Turn on sound',

  /** Title of the details. */
  details: 'Call details',
  /** Quality. */
  good: 'Good',
  /** Quality. */
  fair: 'Fair',
  /** Quality. */
  weak: 'Weak',
  /** Label of the list of countries. */
  country: 'Country',
  /** Under the name while no call is running. */
  ready: 'Ready to call',
  'title.idle': 'Talk to us now',
  'text.idle': 'Straight from this page. Nothing to install.',
  'title.consent': 'Before we connect you',
  'text.consent':
    'This call may be recorded to improve our service. Next, your browser asks for the microphone.',
  'title.asking': 'Allow your microphone',
  'text.asking': 'Your browser is asking. Choose “Allow” so that we can hear you.',
  'title.micbusy': 'Your microphone is in use',
  'text.micbusy': 'Another program has it. Close it there, then try again.',
  'title.policy': 'This page can’t use the microphone',
  'text.policy': 'The site has to allow it. Please use your phone.',
  'title.offline': 'You are offline',
  'text.offline': 'Calling works again as soon as you are back. A phone works without internet.',
  'title.connecting': 'Connecting…',
  'text.connecting': 'This takes a few seconds.',
  'title.slow': 'Still connecting…',
  'text.slow': 'Some lines need 10 to 15 seconds. You don’t need to do anything.',
  'title.switching': 'Trying another line…',
  'text.switching': 'Their phone has not rung yet. You don’t need to do anything.',
  'title.ringing': 'Ringing…',
  'text.ringing': 'Their phone is ringing.',
  'title.answered': 'Answered',
  'text.answered': 'Opening the sound…',
  'text.talking': 'Connected',
  'say.talking': 'Connected. You can talk now.',
  'text.muted': 'You are muted. They can’t hear you.',
  'text.held': 'On hold. They can’t hear you.',
  'text.remotehold': 'They put you on hold.',
  'title.reconnecting': 'Connection lost',
  'text.reconnecting': 'Getting it back. Please stay on this page.',
  'title.poor': 'Weak connection',
  'text.poor': 'Move closer to your Wi-Fi or use a cable. The call goes on.',
  'title.silent': 'We can’t hear you',
  'text.silent': 'Your microphone gives no sound.',
  'title.micoff': 'Your microphone is switched off',
  'text.micoff': 'Look for a switch on your headset or computer.',
  'title.nothing': 'No sound from the other side',
  'text.nothing': 'The call is open, but nothing arrives.',
  'title.playback': 'Your browser holds the sound back',
  'text.playback': 'One press turns it on.',
  'title.ending': 'Hanging up…',
  'title.completed': 'Call ended',
  'ended.completed': '{duration}',
  'title.cancelled': 'Call cancelled',
  'ended.cancelled': 'Nobody had answered.',
  'title.busy': 'The line is busy',
  'ended.busy': 'They are on another call. Try again in a few minutes.',
  'title.no-answer': 'No answer',
  'ended.no-answer': 'It rang for {seconds} seconds. Try again later.',
  'title.rejected': 'The call was declined',
  'ended.rejected': 'They can’t take it right now. Try another time.',
  'ended.missed': 'From {number}.',
  'title.unavailable': 'They can’t be reached',
  'ended.unavailable': 'The phone may be off or out of range. Try again later.',
  'title.invalid-number': 'This number doesn’t work',
  'ended.invalid-number': 'Please check the number and try again.',
  'title.blocked': 'We can’t call this number',
  'ended.blocked': 'Calls to it are not allowed from this page.',
  'title.permission-denied': 'Your microphone is blocked',
  'ended.permission-denied': 'Allow it for this page, then try again.',
  'say.permission-denied':
    'Your microphone is blocked. Three steps on the screen show how to allow it.',
  'title.no-device': 'No microphone found',
  'ended.no-device': 'Plug in a headset or a microphone. We notice it by ourselves.',
  'title.unauthorized': 'Calling isn’t possible right now',
  'ended.unauthorized': 'The fault is on our side. Please use your phone.',
  'ended.quota': 'Too many calls are running. Please use your phone.',
  'ended.network': 'Your connection was lost. Their phone did not ring.',
  'ended.media-failed': 'The sound could not be connected. Try another network.',
  'title.provider-failed': 'We couldn’t get through',
  'ended.provider-failed': 'Their phone did not ring. Try again in a moment.',
  'ended.two-lines': 'We tried two lines. Their phone did not ring.',
  'ended.timeout': 'It took too long. Their phone did not ring.',
  'title.unknown-outcome': 'We lost the line',
  'ended.unknown-outcome': 'Their phone may have rung. We don’t call again unless you say so.',
  'title.cutoff': 'The call was cut off',
  'ended.cutoff': 'The connection dropped after {duration}.',
} as const;
