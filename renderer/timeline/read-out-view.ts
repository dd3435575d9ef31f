import type { ReadOut } from '../../shared/timeline/read-out.ts';

const DISTANCE = 16;

/** The box of words that follows the pointer. Plain elements, filled anew only when the words change. */
export class ReadOutView {
  readonly #box: HTMLDivElement;
  #shown: ReadOut | null = null;
  #width = 0;
  #height = 0;

  constructor(host: HTMLElement) {
    this.#box = document.createElement('div');
    this.#box.className = 'tl-readout';
    // The same words are spoken from the summary; twice would be noise.
    this.#box.setAttribute('aria-hidden', 'true');
    this.#box.hidden = true;
    host.append(this.#box);
  }

  hide(): void {
    if (this.#shown) this.#box.hidden = true;
    this.#shown = null;
  }

  /** Shows words beside a point of the host, on the side where there is room. */
  show(words: ReadOut, x: number, y: number, room: { width: number; height: number }): void {
    if (JSON.stringify(words) !== JSON.stringify(this.#shown)) {
      this.#fill(words);
      this.#box.hidden = false;
      this.#width = this.#box.offsetWidth;
      this.#height = this.#box.offsetHeight;
      this.#shown = words;
    }
    const right = x + DISTANCE + this.#width < room.width;
    const left = right ? x + DISTANCE : Math.max(4, x - DISTANCE - this.#width);
    const top = Math.max(4, Math.min(y + DISTANCE, room.height - this.#height - 4));
    this.#box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  #fill(words: ReadOut): void {
    const head = part('tl-readout-title', words.title);
    if (words.detail) head.append(' ', part('tl-readout-detail', words.detail, 'span'));
    const table = document.createElement('dl');
    for (const line of words.lines) {
      const name = document.createElement('dt');
      name.textContent = line.label;
      name.className = `tl-tone-${line.tone}`;
      const value = document.createElement('dd');
      value.textContent = line.value;
      if (line.split) value.append(part('tl-readout-split', line.split));
      table.append(name, value);
    }
    this.#box.replaceChildren(
      head,
      part('tl-readout-when', words.when),
      ...(words.lines.length > 0 ? [table] : []),
      ...(words.note ? [part('tl-readout-note', words.note)] : []),
    );
  }
}

function part(className: string, text: string, tag: 'div' | 'span' = 'div'): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
