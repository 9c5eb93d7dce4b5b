/**
 * Lets the line show how loud both ends are; called about ten times a second. Sound travels: what is new starts at the
 * speaker and runs to the middle. The meter of the device view follows the microphone.
 * @param me - loudness of the microphone, 0 to 1
 * @param them - loudness of the other side, 0 to 1
 * @param still - whether nothing may travel: the whole half stands at one of four heights
 */
export function setLevels(root: ParentNode, me: number, them: number, still: boolean): void {
  const [mine, theirs] = root.querySelectorAll('.dots');
  if (mine?.matches('.live')) run(bars(mine), me, still);
  if (theirs?.matches('.live')) run(bars(theirs).reverse(), them, still);
  for (const mark of root.querySelectorAll('.lv')) run(bars(mark), Math.max(me, them), still);
  for (const meter of root.querySelectorAll('.meter')) {
    const all = bars(meter);
    for (const [index, bar] of all.entries()) bar.classList.toggle('f', index < me * all.length);
    meter.setAttribute('aria-valuenow', String(Math.round(me * 100)));
  }
}

/** Changes the digits of the timer, wherever it stands, and draws nothing else. */
export function setTime(root: ParentNode, time: string): void {
  for (const element of root.querySelectorAll('[data-time]')) element.textContent = time;
}

const bars = (parent: Element): HTMLElement[] => [...parent.children] as HTMLElement[];

function run(list: readonly HTMLElement[], level: number, still: boolean): void {
  let next = String(still ? Math.round(level * 3) / 6 : level);
  for (const { style } of list) {
    const previous = style.getPropertyValue('--l') || '0';
    style.setProperty('--l', next);
    if (!still) next = previous;
  }
}
