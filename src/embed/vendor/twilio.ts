/**
 * Twilio's SDK as a file of its own beside the script-tag build.
 * @packageDocumentation
 */
export { Call, Device } from '@twilio/voice-sdk';
