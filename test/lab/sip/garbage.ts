/** Broken frames as a broken server sends them, made of the message that follows them. None may be taken for anything. */
export function garbageBefore(message: string): readonly (string | Buffer)[] {
  return [
    'no SIP at all',
    message.slice(0, message.indexOf('\r\n\r\n')),
    message.replace(/^Via:.*\r\n/gim, ''),
    message.replace(/^(Content-Length): \d+/im, '$1: 99999'),
    Buffer.from([0, 255, 13, 10, 13, 10, 1, 254]),
    '\r\n\r\n\r\n',
  ];
}
