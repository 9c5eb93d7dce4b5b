import { describe, expect, it } from 'vitest';
import type { DetailsModel, DialPadModel } from '../../../../src/widget/panel/panel-model.js';
import {
  ALL_VIEWS,
  actsOf,
  agentModel,
  detailsWith,
  drawPanel,
  modelOf,
  textOf,
} from './panel-fixture.js';

describe('the keypad', () => {
  const panel = drawPanel(modelOf('talking', { view: 'keypad', digits: '12#' }));

  it('has twelve keys and is one stop', () => {
    const keys = [...panel.querySelectorAll<HTMLElement>('.key')];
    expect(keys.map((key) => key.getAttribute('data-value')).join('')).toBe('123456789*0#');
    expect(keys.map((key) => key.tabIndex)).toEqual([0, ...Array<number>(11).fill(-1)]);
    expect(keys[9]?.textContent).toBe('* star');
  });

  it('keeps the controls and the way out, and time in the header', () => {
    expect(textOf(panel, '.head .number')).toBe('Connected · 02:47');
    const keypad = panel.querySelector('[data-act=keypad]');
    expect(keypad?.getAttribute('aria-expanded')).toBe('true');
    expect(actsOf(panel).at(-1)).toBe('hangup');
  });

  it('shows the end of what was sent', () => {
    expect(textOf(panel, '[part=digits]')).toBe('1 2 #');
    const long = drawPanel(modelOf('talking', { view: 'keypad', digits: '00001234567890#*' }));
    expect(textOf(long, '[part=digits]')).toBe('1 2 3 4 5 6 7 8 9 0 # *');
  });
});

describe('a view that has not been loaded', () => {
  it('leaves the line in its place', () => {
    const panel = drawPanel(modelOf('talking', { view: 'devices' }), {});
    expect(panel.querySelector('.line')).not.toBeNull();
    expect(panel.querySelector('[data-act=back]')).toBeNull();
    expect(panel.querySelector('.ctls')).not.toBeNull();
  });
});

describe('the choice of devices', () => {
  const devices = {
    inputs: [
      { id: 'a', label: 'Headset', picked: false },
      { id: 'b', label: '', picked: true },
    ],
    outputs: [],
  };
  const panel = drawPanel(modelOf('talking', { view: 'devices', devices }), ALL_VIEWS);

  it('has the microphones as one group of radio buttons', () => {
    const inputs = [...panel.querySelectorAll<HTMLInputElement>('[data-act=input]')];
    expect(inputs.map(({ value, checked, name }) => [value, checked, name])).toEqual([
      ['a', false, 'input'],
      ['b', true, 'input'],
    ]);
    expect(inputs[1]?.parentElement?.textContent).toBe('Unnamed device');
    expect(panel.querySelector('[role=meter]')?.getAttribute('aria-label')).toBe(
      'Microphone level',
    );
  });

  it('says so where the browser offers no choice of speakers', () => {
    expect(panel.querySelector('[data-act=output]')).toBeNull();
    expect(panel.textContent).toContain('Your system chooses the speaker.');
    expect(panel.querySelector('[data-act=test-sound]')).not.toBeNull();
  });

  it('covers the line, and Hang up stays', () => {
    expect(textOf(panel, '.name')).toBe('Audio');
    expect(actsOf(panel)[0]).toBe('back');
    expect(actsOf(panel).at(-1)).toBe('hangup');
    expect(panel.querySelector('.ctls')).toBeNull();
  });
});

describe('the details', () => {
  const draw = (more: Partial<DetailsModel>): HTMLElement => {
    const model = modelOf('talking', { view: 'details' });
    return drawPanel({ ...model, details: detailsWith(more) }, ALL_VIEWS);
  };
  const values = (panel: HTMLElement): (string | null)[] =>
    [...panel.querySelectorAll('dd:not(.tip)')].map((value) => value.textContent);

  it('show what was measured', () => {
    expect(values(draw({}))).toEqual([
      'Telnyx · first line',
      'Verified',
      'Good · 4.2 / 4.5',
      '84 ms',
      '0.3 %',
      '1.9 MB',
    ]);
  });

  it('claim nothing that is not known', () => {
    const unknown = { encrypted: undefined, quality: undefined, mos: undefined, delay: undefined };
    expect(values(draw(unknown)).slice(1, 4)).toEqual(['–', '–', '–']);
    expect(values(draw({ encrypted: false }))[1]).toBe('Not verified');
  });

  it('always say how far the encryption reaches', () => {
    expect(textOf(draw({}), 'dd.tip')).toContain('not the phone network behind it');
  });

  it('say for a moment that the report was copied', () => {
    expect(textOf(draw({}), '[data-act=copy-report]')).toBe('Copy report');
    expect(textOf(draw({ copied: true }), '[data-act=copy-report]')).toBe('Copied');
  });
});

describe('the rating', () => {
  it('asks after a call and shows the answer', () => {
    const panel = drawPanel(modelOf('ended', { rated: 'okay' }));
    const answers = [...panel.querySelectorAll<HTMLInputElement>('[data-act=rate]')];
    expect(answers.map(({ value, checked }) => [value, checked])).toEqual([
      ['bad', false],
      ['okay', true],
      ['good', false],
    ]);
    expect(drawPanel(modelOf('busy')).querySelector('[part=rating]')).toBeNull();
  });
});

describe('the dial pad', () => {
  const draw = (more: Partial<DialPadModel>, view?: 'country'): HTMLElement => {
    const model = agentModel({ view });
    if (!model.dialPad) throw new Error('no dial pad');
    return drawPanel({ ...model, dialPad: { ...model.dialPad, ...more } }, ALL_VIEWS);
  };

  it('calls only what can be called', () => {
    const disabled = (callable: boolean): string | null | undefined =>
      draw({ value: '415', callable })
        .querySelector('[data-act=call]')
        ?.getAttribute('aria-disabled');
    expect(disabled(false)).toBe('true');
    expect(disabled(true)).toBeNull();
  });

  it('has nothing to delete while it is empty', () => {
    const erase = (value: string): string | null | undefined =>
      draw({ value }).querySelector('[data-act=erase]')?.getAttribute('aria-disabled');
    expect(erase('')).toBe('true');
    expect(erase('4')).toBeNull();
  });

  it('says what is wrong where screen readers find it', () => {
    const panel = draw({ value: '41', invalid: true, help: 'Too short.' });
    const input = panel.querySelector('input');
    expect(input?.value).toBe('41');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(textOf(panel, `#${input?.getAttribute('aria-describedby')}`)).toBe('Too short.');
  });

  it('names the country, beginning with what is seen', () => {
    const label = (more: Partial<DialPadModel>): string | null | undefined =>
      draw(more).querySelector('[data-act=country]')?.getAttribute('aria-label');
    expect(label({})).toBe('US +1, Country: United States');
    expect(label({ country: undefined, callingCode: '' })).toBe('+, Country');
    expect(label({ country: '??', callingCode: '' })).toBe('?? , Country: ??');
  });

  it('lists countries that can be found and chosen', () => {
    const panel = draw({ active: 'CA' }, 'country');
    const search = panel.querySelector('[role=combobox]');
    expect(search?.getAttribute('aria-activedescendant')).toBe('place-CA');
    expect(panel.querySelector('#place-CA')?.className).toBe('place is-active');
    expect(panel.querySelector('[aria-selected=true]')?.getAttribute('data-value')).toBe('US');
    expect(panel.querySelectorAll('[role=option]')).toHaveLength(9);
    expect(panel.querySelector('.acts')).toBeNull();
  });

  it('has no empty list', () => {
    const panel = draw({ countries: [], search: 'xyz' }, 'country');
    expect(panel.querySelector('[role=listbox]')).toBeNull();
    expect(panel.querySelector('[role=combobox]')?.getAttribute('aria-expanded')).toBe('false');
    expect(textOf(panel, '.main .tip')).toBe('No country of that name');
  });
});
