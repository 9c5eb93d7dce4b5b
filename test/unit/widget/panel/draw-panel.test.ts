import { describe, expect, it } from 'vitest';
import { SCENES } from '../../../../src/widget/scene.js';
import { ALL_VIEWS, actsOf, agentModel, drawPanel, modelOf, textOf } from './panel-fixture.js';

const footer = (panel: HTMLElement): (string | null)[] =>
  [...panel.querySelectorAll('.acts > button, .acts > a')].map((element) =>
    element.matches('a') ? 'phone' : element.getAttribute('data-act'),
  );

describe.each(SCENES)('the scene %s', (scene) => {
  it('has the line, four rows, a headline or the time, and a way on', () => {
    const panel = drawPanel(modelOf(scene));
    expect(panel.children).toHaveLength(4);
    expect(panel.querySelectorAll('.line > .stop')).toHaveLength(3);
    expect(panel.querySelectorAll('.dots i')).toHaveLength(18);
    expect(textOf(panel, '.say')).toMatch(/\S/);
    expect(panel.textContent).not.toMatch(/[{}]|undefined|\[object/);
    expect(footer(panel).length).toBeGreaterThan(0);
  });

  it('has at most one filled button', () => {
    expect(drawPanel(modelOf(scene)).querySelectorAll('.primary, .danger').length).toBeLessThan(2);
  });

  it('is no dead end where the phone must not be offered', () => {
    const panel = drawPanel(modelOf(scene, { phoneLink: undefined }));
    expect(panel.querySelector('a')).toBeNull();
    expect(footer(panel).length).toBeGreaterThan(0);
  });

  it('can be drawn twice alike', () => {
    const model = modelOf(scene);
    expect(drawPanel(model).outerHTML).toBe(drawPanel(model).outerHTML);
  });
});

describe('the panel', () => {
  it('is named after the one who is called, and takes focus without being a stop', () => {
    const panel = drawPanel(modelOf('idle'));
    expect(panel.getAttribute('aria-label')).toBe('Call with Example Co');
    expect(panel.getAttribute('role')).toBe('group');
    expect(panel.tabIndex).toBe(-1);
    expect(panel.lang).toBe('en');
    expect(panel.dir).toBe('ltr');
  });

  it('is a dialog in the corner, and does not say that the page can not be used', () => {
    const panel = drawPanel(modelOf('idle', { shape: 'floating' }));
    expect(panel.getAttribute('role')).toBe('dialog');
    expect(panel.className).toBe('panel is-floating');
    expect(panel.hasAttribute('aria-modal')).toBe(false);
  });

  it('offers the phone with the number before a call', () => {
    const link = drawPanel(modelOf('idle')).querySelector('a');
    expect(link?.getAttribute('href')).toBe('tel:+14155550123');
    expect(link?.textContent).toBe('Use your phone: +1 415 555-0123');
    expect(link?.querySelector('bdi')?.dir).toBe('ltr');
  });

  it('fills the phone where nothing else works', () => {
    const link = drawPanel(modelOf('service')).querySelector('a');
    expect(link?.className).toBe('btn primary');
    expect(link?.textContent).toBe('Call +1 415 555-0123');
  });

  it('puts something harmless where Hang up stood', () => {
    expect(footer(drawPanel(modelOf('talking')))).toEqual(['hangup']);
    for (const scene of ['ended', 'busy', 'cutoff', 'unknown'] as const) {
      expect(footer(drawPanel(modelOf(scene))).at(-1)).toBe('close');
    }
  });

  it('fills Call again where calling again is right, and leaves the choice where their phone may have rung', () => {
    const again = (scene: 'busy' | 'unknown' | 'ended'): string | undefined =>
      drawPanel(modelOf(scene)).querySelector('[data-act=again]')?.className;
    expect(again('busy')).toBe('btn primary');
    expect(again('unknown')).toBe('btn');
    expect(again('ended')).toBe('btn');
  });

  it('switches Call off while offline and says why', () => {
    const call = drawPanel(modelOf('offline')).querySelector('[data-act=call]');
    expect(call?.getAttribute('aria-disabled')).toBe('true');
    expect(call?.getAttribute('title')).toBe('You are offline');
  });

  it('has the number in the header only where there is one', () => {
    expect(textOf(drawPanel(modelOf('idle')), '[part=number]')).toBe('+1 415 555-0123');
    expect(drawPanel(modelOf('idle', { number: '' })).querySelector('[part=number]')).toBeNull();
  });

  it('can be made small only where that makes sense, and says Close when nothing runs', () => {
    const label = (scene: 'talking' | 'busy', closable: boolean): string | null | undefined =>
      drawPanel(modelOf(scene, { closable }))
        .querySelector('[part=minimise-button]')
        ?.getAttribute('aria-label');
    expect(label('talking', true)).toBe('Minimise');
    expect(label('busy', true)).toBe('Close');
    expect(label('talking', false)).toBeUndefined();
  });
});

describe('the words', () => {
  it('take the sentence of the model before their own', () => {
    const panel = drawPanel(modelOf('unreachable', { sentence: 'We tried two lines.' }));
    expect(textOf(panel, '.sub')).toBe('We tried two lines.');
    expect(textOf(drawPanel(modelOf('unreachable', { sentence: undefined })), '.sub')).toBe(
      'Their phone did not ring. Try again in a moment.',
    );
  });

  it('have the values of the call in them', () => {
    expect(textOf(drawPanel(modelOf('noanswer')), '.sub')).toBe(
      'It rang for 45 seconds. Try again later.',
    );
    expect(textOf(drawPanel(modelOf('ended')), '.sub')).toBe('4 min 12 sec');
  });

  it('say that the microphone is off only where that is known', () => {
    const receipt = (receipt: 'off' | 'on' | undefined): string | undefined =>
      textOf(drawPanel(modelOf('busy', { receipt })), '[part=receipt]');
    expect(receipt('off')).toBe('Your microphone is off');
    expect(receipt('on')).toBe('Your microphone is still on. Close this tab to be sure.');
    expect(receipt(undefined)).toBeUndefined();
    expect(drawPanel(modelOf('talking')).querySelector('[part=receipt]')).toBeNull();
  });

  it('say until when it is open before a call, and nothing when that is not known', () => {
    expect(textOf(drawPanel(modelOf('idle')), '.seal')).toBe('Open until 18:00');
    expect(drawPanel(modelOf('idle', { openUntil: '' })).querySelector('.seal')).toBeNull();
  });

  it('show three steps of the browser, with a named symbol', () => {
    const steps = [
      ...drawPanel(modelOf('blocked', { browser: 'firefox' })).querySelectorAll('.steps li'),
    ];
    expect(steps.map((step) => step.textContent)).toEqual([
      'Select the settings symbol left of the web address.',
      'Remove “Blocked” next to “Use the microphone”.',
      'Select “Try again”.',
    ]);
    expect(steps[0]?.querySelector('.i-mic-off')).not.toBeNull();
  });

  it('point to where the browser asks', () => {
    const corner = drawPanel(modelOf('asking'));
    expect(corner.querySelector('.window.corner')).not.toBeNull();
    const centre = drawPanel(modelOf('asking', { browser: 'ios' }));
    expect(centre.querySelector('.window.centre + .sub')?.textContent).toBe(
      'The question is in the middle of the screen.',
    );
  });
});

describe('the notice', () => {
  it('stands beside the time, with what mends it', () => {
    const panel = drawPanel(modelOf('silent'));
    expect(textOf(panel, '.timer')).toBe('02:47');
    expect(textOf(panel, '.note b')).toBe('We can’t hear you');
    expect(textOf(panel, '.note p')).toBe('Your microphone gives no sound.');
    expect(panel.querySelector('.sub')).toBeNull();
    expect(textOf(panel, '.note [data-act=choose-microphone]')).toBe('Choose microphone');
    expect(textOf(drawPanel(modelOf('playback')), '.note [data-act=turn-on-sound]')).toBe(
      'Turn on sound',
    );
  });

  it('warns only of what the person can mend', () => {
    const notice = (scene: 'reconnecting' | 'poor'): string | undefined =>
      drawPanel(modelOf(scene)).querySelector('.note')?.className;
    expect(notice('reconnecting')).toBe('note');
    expect(notice('poor')).toBe('note warn');
  });
});

describe('the line', () => {
  it('says of every step how far it is', () => {
    const labels = drawPanel(modelOf('connecting')).querySelectorAll('.lab');
    expect([...labels].map((label) => label.textContent)).toEqual([
      'Microphone, done',
      'Secure line, in progress',
      'Ringing, not yet',
    ]);
  });

  it('shows the quality in bars and in a word while sound runs', () => {
    const weak = drawPanel(modelOf('talking', { quality: 1 }));
    expect(textOf(weak, '.mid .lab')).toBe('Weak');
    expect(weak.querySelectorAll('.bars .f')).toHaveLength(1);
    expect(drawPanel(modelOf('held')).querySelector('.mid .lab')).toBeNull();
  });

  it('is hidden from screen readers where the headline says all of it', () => {
    expect(drawPanel(modelOf('busy')).querySelector('.line')?.getAttribute('aria-hidden')).toBe(
      'true',
    );
    const line = drawPanel(modelOf('talking')).querySelector('.line');
    expect(line?.hasAttribute('aria-hidden')).toBe(false);
    expect(line?.getAttribute('aria-label')).toBe('Progress of the call');
  });

  it('takes an arc when another carrier is tried, and rings at their end', () => {
    const arc = drawPanel(modelOf('switching')).querySelectorAll<HTMLElement>('.detour i');
    expect(arc[4]?.style.getPropertyValue('--y')).toBe('11');
    expect(drawPanel(modelOf('ringing')).querySelector('.stop:last-child')?.className).toBe(
      'stop ring',
    );
  });
});

describe('the controls', () => {
  it('stand in the order of the model, and only those', () => {
    const panel = drawPanel(
      modelOf('talking', {
        controls: [
          ['mute', 'on'],
          ['hold', 'unavailable'],
        ],
      }),
    );
    expect(actsOf(panel.querySelector('.ctls') ?? panel)).toEqual(['mute', 'hold']);
    expect(panel.querySelector('[data-act=mute]')?.className).toBe('ctl is-on');
  });

  it('say why one can not be used', () => {
    const hold = (scene: 'connecting' | 'talking'): Element | null =>
      drawPanel(modelOf(scene, { controls: [['hold', 'unavailable']] })).querySelector(
        '[data-act=hold]',
      );
    expect(hold('connecting')?.getAttribute('title')).toBe('Possible when the call is connected');
    expect(hold('talking')?.getAttribute('title')).toBe('Not possible in this call');
    expect(hold('talking')?.getAttribute('aria-disabled')).toBe('true');
    expect(hold('talking')?.hasAttribute('disabled')).toBe(false);
  });

  it('show one of two words and keep room for the other', () => {
    const words = (state: 'on' | 'off'): (string | null)[] =>
      [
        ...drawPanel(modelOf('talking', { controls: [['mute', state]] })).querySelectorAll(
          '.words .gone',
        ),
      ].map((word) => word.textContent);
    expect(words('off')).toEqual(['Unmute']);
    expect(words('on')).toEqual(['Mute']);
  });

  it('are not there before and after a call', () => {
    for (const scene of ['idle', 'asking', 'ending', 'ended'] as const) {
      expect(drawPanel(modelOf(scene)).querySelector('.ctls')).toBeNull();
    }
  });
});

describe('the dial pad', () => {
  it('stands in place of the line while no call runs', () => {
    const panel = drawPanel(agentModel(), ALL_VIEWS);
    expect(panel.querySelector('.line')).toBeNull();
    expect(panel.querySelector('input')?.getAttribute('aria-label')).toBe('Phone number');
    expect(footer(panel)).toEqual(['call', 'erase']);
    expect(drawPanel(agentModel({ scene: 'ringing' }), ALL_VIEWS).querySelector('.line')).not.toBe(
      null,
    );
  });

  it('is not shown before it has been loaded: Call waits', () => {
    const panel = drawPanel(agentModel(), {});
    expect(panel.querySelector('input')).toBeNull();
    expect(panel.querySelector('[data-act=call]')?.getAttribute('aria-disabled')).toBe('true');
  });
});
