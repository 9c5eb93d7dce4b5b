import { afterEach, describe, expect, test, vi } from 'vitest';
import { twilio } from '../../../../src/providers/twilio/index.js';
import { twilioStage } from './twilio-stage.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the provider', () => {
  test('is named by its edge, unless the application names it', () => {
    expect(twilio()).toMatchObject({ id: 'twilio', route: 'twilio', token: 'required' });
    expect(twilio({ edge: 'dublin' }).route).toBe('twilio/dublin');
    expect(twilio({ edge: 'dublin', route: 'mine' }).route).toBe('mine');
  });

  test('says where it connects to', () => {
    expect(twilio().origins).toEqual(['wss://voice-js.roaming.twilio.com']);
    expect(twilio({ edge: 'dublin' }).origins).toEqual(['wss://voice-js.dublin.twilio.com']);
  });

  test('claims what it can and nothing else', () => {
    const can = { digits: 'rtp', ringing: true, reattach: true };
    expect(twilio().capabilities).toEqual({ ...can, hold: false });
    expect(twilio({ serverHold: async () => undefined }).capabilities).toEqual({
      ...can,
      hold: 'server',
    });
  });

  test('can not be used without WebRTC, or where the order of codecs can not be set', () => {
    expect(twilio().unsupported?.()?.code).toBe('support/no-webrtc');
    vi.stubGlobal('RTCPeerConnection', class {});
    expect(twilio().unsupported?.()).toBeUndefined();
    vi.stubGlobal('RTCRtpTransceiver', class {});
    expect(twilio().unsupported?.()?.code).toBe('provider/unsupported');
  });
});

describe('the SDK', () => {
  test('that does not load, or is none, is told of', async () => {
    for (const sdk of [() => Promise.reject(new Error('blocked')), () => ({})]) {
      const { provider, context } = twilioStage({ sdk });
      await expect(provider.load(context)).rejects.toMatchObject({
        code: 'provider/sdk-not-loaded',
      });
      await expect(provider.open(context)).rejects.toMatchObject({
        code: 'provider/sdk-not-loaded',
      });
    }
  });

  test('that refuses to make a device is told of', async () => {
    class Device {
      constructor() {
        throw new Error('not here');
      }
    }
    const { provider, context } = twilioStage({ sdk: () => ({ Device }) });
    await expect(provider.open(context)).rejects.toMatchObject({ code: 'provider/unsupported' });
  });

  test('gets the token and the options, those of the application last', async () => {
    const sdkOptions = { chunderw: 'here', codecPreferences: ['pcmu'] };
    const { device } = await twilioStage({ edge: 'dublin', sdkOptions }).open();
    expect(device.token).toBe('a-token');
    expect(device.options).toMatchObject({
      edge: 'dublin',
      chunderw: 'here',
      codecPreferences: ['pcmu'],
      maxAverageBitrate: 32_000,
      enableImprovedSignalingErrorPrecision: true,
      publishEvents: false,
    });
  });

  test('plays no sound of its own', async () => {
    const { device } = await twilioStage().open();
    expect(device.did).toEqual([
      'incoming false',
      'outgoing false',
      'disconnect false',
      'register',
    ]);
    const sound = new device.options.Sound();
    await sound.play();
    sound.stop();
    sound.setSinkIds('default');
  });
});
