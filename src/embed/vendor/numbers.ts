/**
 * Numbers, with `libphonenumber-js`, as a file of its own beside the script-tag build.
 * @packageDocumentation
 */
export * from '../../numbers/index.js';
