/**
 * JsSIP as a file of its own beside the script-tag build.
 * @packageDocumentation
 */
export { UA } from 'jssip';
