import { readTheme, type Theme } from '../../../shared/timeline/theme.ts';
import { Surface } from '../surface.ts';
import { type LivePicture, liveScene } from './live-scene.ts';

/** What the place around the drawing says; the rest follows from the element. */
export type LiveChoice = Omit<LivePicture, 'width' | 'height' | 'unit' | 'dpr' | 'theme' | 'measure'>;

/** The small rolling drawing in an element of the page: painted when told, when the element's size changes, and for another theme. */
export class LiveStrip {
  readonly #host: HTMLElement;
  readonly #surface: Surface;
  readonly #observer: ResizeObserver;
  readonly #fontsLoaded: () => void;
  #theme: Theme;
  #choice: LiveChoice | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#surface = new Surface(host, true);
    this.#theme = this.#themeNow();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.#fontsLoaded = () => this.#paint();
    document.fonts.addEventListener('loadingdone', this.#fontsLoaded);
    this.#resize();
  }

  show(choice: LiveChoice): void {
    this.#choice = choice;
    this.#paint();
  }

  refreshTheme(): void {
    this.#theme = this.#themeNow();
    this.#paint();
  }

  destroy(): void {
    this.#observer.disconnect();
    document.fonts.removeEventListener('loadingdone', this.#fontsLoaded);
    this.#surface.remove();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#host;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#surface.resize(clientWidth, clientHeight, devicePixelRatio || 1);
    this.#paint();
  }

  #paint(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (!this.#choice || width === 0 || height === 0) return;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
    this.#surface.paint(
      liveScene({
        ...this.#choice,
        width,
        height,
        unit,
        dpr: devicePixelRatio || 1,
        theme: this.#theme,
        measure: this.#surface.measure,
      }),
    );
  }

  #themeNow(): Theme {
    const style = getComputedStyle(this.#host);
    return readTheme((name) => style.getPropertyValue(name));
  }
}
