import { describe, expect, test, vi } from 'vitest';
import { button, define, fire, settle } from './element-fixture.js';

describe('a button of the page', () => {
  const own = (id: string) => {
    const target = document.createElement('button');
    target.id = id;
    document.body.append(target);
    return target;
  };

  test('starts instead of the own one, which is hidden', async () => {
    const { register, make, did, hosts } = define();
    register();
    const target = own('call');
    const element = make({ for: 'call' });
    expect(button(element).hidden).toBe(true);
    fire(target, 'pointerover');
    target.click();
    await settle();
    expect(did).toEqual(['made', 'warm-up', 'start']);
    expect(hosts[0]?.launcher).toBe(target);
  });

  test('another one, none, and one that does not exist', async () => {
    const { register, make, did } = define();
    register();
    const [first, second] = [own('first'), own('second')];
    const element = make({ for: 'first' });
    element.setAttribute('for', 'second');
    first.click();
    await settle();
    expect(did).toEqual([]);
    second.click();
    await settle();
    expect(did).toContain('start');
    did.length = 0;
    element.removeAttribute('for');
    second.click();
    await settle();
    expect(did).not.toContain('start');
    expect(button(make({ for: 'nowhere' })).hidden).toBe(false);
  });

  test('that comes later in the page is found', async () => {
    const { register, make, did } = define();
    register();
    const element = make({ for: 'later' });
    const target = own('later');
    document.dispatchEvent(new Event('DOMContentLoaded'));
    expect(button(element).hidden).toBe(true);
    target.append(document.createElement('b'));
    (target.firstChild as HTMLElement).click();
    await settle();
    expect(did).toContain('start');
    target.remove();
    did.length = 0;
    own('later').click();
    await settle();
    expect(did).toContain('start');
  });

  test('does nothing while the element is out of the page', async () => {
    const { register, make, did, loads } = define();
    register();
    const target = own('call');
    const element = make({ for: 'call' });
    element.remove();
    fire(target, 'pointerover');
    target.click();
    await vi.advanceTimersByTimeAsync(2_000);
    target.click();
    await settle();
    expect([loads(), did]).toEqual([0, []]);
    document.body.append(element);
    target.click();
    await settle();
    expect(did).toEqual(['made', 'start']);
  });
});

describe('removed', () => {
  test('and back within a second: the works go on', async () => {
    const { register, make, did, loads } = define();
    register();
    const element = make();
    await element.start();
    element.remove();
    await vi.advanceTimersByTimeAsync(999);
    document.body.append(element);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(did).not.toContain('stop');
    await element.start();
    expect(loads()).toBe(1);
  });

  test('for longer: they are stopped, and made anew when it is back', async () => {
    const { register, make, did, loads } = define();
    register();
    const element = make();
    await element.start();
    element.remove();
    await vi.advanceTimersByTimeAsync(999);
    expect(did).not.toContain('stop');
    await vi.advanceTimersByTimeAsync(1);
    expect(did.filter((each) => each === 'stop')).toHaveLength(1);
    did.length = 0;
    document.body.append(element);
    expect(element.shadowRoot?.querySelectorAll('[part=button]')).toHaveLength(1);
    await element.start();
    expect([loads(), did]).toEqual([1, ['made', 'start']]);
  });

  test('while the code is loaded: no works are made until it is back', async () => {
    const { register, make, did } = define({ loadMs: 5_000 });
    register();
    const element = make();
    const starting = element.start();
    await vi.advanceTimersByTimeAsync(100);
    element.remove();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await starting).toBeUndefined();
    expect([did, element.call]).toEqual([[], undefined]);
    document.body.append(element);
    await element.start();
    expect(did).toEqual(['made', 'start']);
  });

  test('moved again and again, each time for a moment', async () => {
    const { register, make, did } = define();
    register();
    const element = make();
    await element.start();
    for (let move = 0; move < 4; move += 1) {
      element.remove();
      await vi.advanceTimersByTimeAsync(600);
      document.body.append(element);
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(did).not.toContain('stop');
  });
});
