import { cleanNumber } from './phone-number.js';

// Police, fire and ambulance of most of the world. All of them are shorter than a number in E.164 form, so refusing
// them refuses nobody else.
const ALONE = [
  '0(?:00|6[0-68]|80|9[12])', // Australia 000; Mexico, Spain
  '1[4-9]', // France 15 17 18, North Africa 14 16 19
  '1(?:0[0-8]|1\\d|2[0-57-9])', // Europe 112, India 100 108, China and Japan 110 119, New Zealand 111, Italy 118
  '1(?:3[0-3]|4[0-47]|5[0-689]|66|9\\d)', // Chile, Austria, Czechia, Greece, Brazil, Thailand
  '9(?:11|9\\d)', // North America 911, United Kingdom and others 999
  '1122|1669|1990|10111|10177', // Pakistan, Thailand, Sri Lanka, South Africa
].join('|');

// Behind a country code only the best known: others are the beginning of an ordinary number, such as Leeds in +44 113,
// and whoever has typed half a number must not read about emergencies.
const BEHIND_CODE = '000|10[0-28]|11[0-29]|911|999|10111|10177';

// ITU-T E.164 country codes of one, two and three digits.
const CODE =
  '1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[05789]|9[679])\\d';

// A leading 00 was read as "+", so 00112 arrives as +112.
const EMERGENCY = new RegExp(`^(?:\\+?(?:${ALONE})|\\+(?:${CODE})(?:${BEHIND_CODE}))$`);

/**
 * Whether this is an emergency number, alone (`112`, `9-1-1`) or behind a country code (`+1911`, `00112`). A call from a
 * browser carries no location, so help would not find the caller: such calls are refused. Ordinary numbers that only
 * begin so (`+1 911 555 0123`) are none.
 */
export const isEmergencyNumber = (input: string): boolean => EMERGENCY.test(cleanNumber(input));
