import type { Clock } from '../../index.js';
import type { Scene } from '../scene.js';

/** Scenes that often pass at once: they are shown only when they last, because a flash tells nobody anything. */
const SHOWN_AFTER_MS: Partial<Record<Scene, number>> = { asking: 150, ending: 300, answered: 400 };

/** The scene as it is shown: what passes in a moment is left out. */
export class SettledScene {
  readonly #clock: Clock;
  readonly #onChange: (scene: Scene) => void;
  #shown: Scene;
  #next: Scene;
  #cancel: (() => void) | undefined;

  /** Starts with a scene and tells later ones. */
  constructor(clock: Clock, first: Scene, onChange: (scene: Scene) => void) {
    this.#clock = clock;
    this.#shown = this.#next = first;
    this.#onChange = onChange;
  }

  /** What is shown. */
  get shown(): Scene {
    return this.#shown;
  }

  /** What is the case now. */
  set(scene: Scene): void {
    if (scene === this.#next) return;
    this.#next = scene;
    this.#cancel?.();
    const delay = SHOWN_AFTER_MS[scene] ?? 0;
    if (delay === 0 || scene === this.#shown) this.#show(scene);
    else this.#cancel = this.#clock.setTimer(() => this.#show(scene), delay);
  }

  /** Ends its timer. */
  stop(): void {
    this.#cancel?.();
  }

  #show(scene: Scene): void {
    if (scene === this.#shown) return;
    this.#shown = scene;
    this.#onChange(scene);
  }
}
