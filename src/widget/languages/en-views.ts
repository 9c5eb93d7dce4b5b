/** The English words of what opens in the panel: keypad, devices, details, dial pad, help, rating. They come with those. */
export const enViews = {
  /** Question after a call. */
  rate: 'How was the sound?',
  /** Answer. */
  rateBad: 'Bad',
  /** Answer. */
  rateOkay: 'Okay',
  /** Answer. */
  rateGood: 'Good',

  /** Heading of the microphones. */
  microphone: 'Microphone',
  /** Heading of the speakers. */
  speaker: 'Speaker',
  /** A device whose name the browser hides. */
  unnamed: 'Unnamed device',
  /** Where the browser offers no choice of speakers. */
  speakerBySystem: 'Your system chooses the speaker.',
  /** Plays a tone. */
  testSound: 'Test sound',
  /** Name of the meter. */
  level: 'Microphone level',
  /** Below the meter. */
  speakHint: 'Say something: the bar should move.',
  /** Row: who carries the call. */
  carrier: 'Carrier',
  /** Behind the carrier: the first one tried. */
  firstLine: 'first line',
  /** Behind the carrier: another one after a switch. */
  otherLine: 'another line',
  /** Row. */
  encryption: 'Encryption',
  /** Encryption was verified. */
  verified: 'Verified',
  /** Encryption could not be verified. */
  notVerified: 'Not verified',
  /** Below the encryption. */
  encryptionNote:
    'Covers the way from this browser to the carrier, not the phone network behind it.',
  /** Row. */
  quality: 'Sound quality',
  /** Row. */
  delay: 'Delay',
  /** Row. */
  loss: 'Lost packets',
  /** Row. */
  data: 'Data used',
  /** Copies a report for support. */
  copyReport: 'Copy report',
  /** It was copied. */
  copied: 'Copied',

  /** Label of the field. */
  phoneNumber: 'Phone number',
  /** In the field above the list. */
  searchCountry: 'Search a country',
  /** The list is empty. */
  noCountry: 'No country of that name',
  /** Deletes. */
  erase: 'Delete last digit',
  /** Name of the key `*`. */
  star: 'star',
  /** Name of the key `#`. */
  hash: 'hash',
  /** Name of the digits sent. */
  digitsSent: 'Digits sent',
  /** The number is too short; `{country}`. */
  tooShort: 'This number is too short for {country}.',
  /** The number is too long; `{country}`. */
  tooLong: 'This number is too long for {country}.',
  /** The number can not exist; `{country}`. */
  notInUse: 'This is not a number of {country}.',
  /** No number at all. */
  notANumber: 'This is not a phone number.',
  /** No country is known. */
  noCountryYet: 'Choose a country, or start with +.',
  /** Emergency number. */
  emergency: 'No emergency calls here. Use a phone.',
  /** A number that works in one country only. */
  shortCode: 'Short numbers can’t be called from here.',
  /** A number that costs more; `{country}`. */
  premium: 'Calls to this number may cost more.',
  'text.asking.corner': 'Look at the top left of this window.',
  'text.asking.centre': 'The question is in the middle of the screen.',

  /** Name of `{icon}` in the steps for screen readers. */
  settingsSymbol: 'the settings symbol',
  'steps.chrome':
    'Select {icon} left of the web address.\nSwitch on “Microphone”.\nCome back and select “Try again”.',
  'steps.firefox':
    'Select {icon} left of the web address.\nRemove “Blocked” next to “Use the microphone”.\nSelect “Try again”.',
  'steps.safari':
    'In the menu bar, open Safari › Settings for this website.\nSet “Microphone” to “Allow”.\nSelect “Try again”.',
  'steps.ios':
    'Tap the page menu in the address bar, then “Website settings”.\nSet “Microphone” to “Allow”.\nTap “Try again”.',
  'steps.android':
    'Tap {icon} left of the web address, then “Permissions”.\nSwitch on “Microphone”.\nCome back and tap “Try again”.',
} as const;
