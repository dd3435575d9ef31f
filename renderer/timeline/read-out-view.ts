import type { ReadOut } from '../../shared/timeline/read-out.ts';

const DISTANCE = 16;
/** Words stay for so long after the window began to move: those of a turn of the wheel need not blink. */
const READ_MS = 250;

/** The box of words that follows the pointer. Plain elements, filled anew only when the words change. */
export class ReadOutView {
  readonly #box: HTMLDivElement;
  #shown: ReadOut | null = null;
  #width = 0;
  #height = 0;
  #at = { x: 0, y: 0, room: { width: 0, height: 0 } };
  /** When the window began to move; null: it rests. */
  #since: number | null = null;
  #kind = '';
  /** The texts of the box in their order; null: not looked at since it was filled. */
  #texts: readonly Text[] | null = null;

  constructor(host: HTMLElement) {
    this.#box = document.createElement('div');
    this.#box.className = 'tl-readout';
    // The same words are spoken from the summary; twice would be noise.
    this.#box.setAttribute('aria-hidden', 'true');
    this.#box.hidden = true;
    host.append(this.#box);
    // Asking an element for its size in the midst of a frame lays the page out there and then: this comes when that is done anyway.
    const observer = new ResizeObserver(([entry]) => {
      const size = entry?.borderBoxSize[0];
      if (!size || !this.#shown) return;
      this.#width = Math.round(size.inlineSize);
      this.#height = Math.round(size.blockSize);
      this.#place();
    });
    observer.observe(this.#box, { box: 'border-box' });
  }

  hide(): void {
    if (this.#shown) this.#box.hidden = true;
    this.#shown = null;
  }

  /** The window moves: soon there are no words. Those that change with every frame cannot be read, and laying them out takes as long as painting. */
  move(): void {
    const now = performance.now();
    this.#since ??= now;
    if (now - this.#since >= READ_MS) this.hide();
  }

  /** Shows words beside a point of the host, on the side where there is room. */
  show(words: ReadOut, x: number, y: number, room: { width: number; height: number }): void {
    this.#since = null;
    this.#at = { x, y, room };
    if (JSON.stringify(words) !== JSON.stringify(this.#shown)) {
      const again = this.#refill(words);
      if (!again) this.#fill(words);
      if (!again || !this.#shown) {
        this.#box.hidden = false;
        this.#width = this.#box.offsetWidth;
        this.#height = this.#box.offsetHeight;
      }
      this.#shown = words;
    }
    this.#place();
  }

  #place(): void {
    const { x, y, room } = this.#at;
    const right = x + DISTANCE + this.#width < room.width;
    const left = right ? x + DISTANCE : Math.max(4, x - DISTANCE - this.#width);
    const top = Math.max(4, Math.min(y + DISTANCE, room.height - this.#height - 4));
    this.#box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** Puts other words into the elements that are there, where they are of the same kind: under a hand they change with every frame. */
  #refill(words: ReadOut): boolean {
    const kind = kindOf(words);
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.#texts = null;
      return false;
    }
    const now = textsOf(words);
    this.#texts ??= textNodesOf(this.#box);
    if (this.#texts.length !== now.length) return false;
    this.#texts.forEach((node, n) => {
      if (node.data !== now[n]) node.data = now[n]!;
    });
    return true;
  }

  #fill(words: ReadOut): void {
    this.#texts = null;
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

/** What decides which elements there are and how they look; their words are all that differs between readings of one kind. */
function kindOf({ title, detail, when, lines, note }: ReadOut): string {
  const parts = lines.map(({ label, tone, value, split }) => [tone, label === '', value === '', !split]);
  return JSON.stringify([title === '', !detail, when === '', parts, !note]);
}

/** The words in the order in which they stand in the box. */
function textsOf({ title, detail, when, lines, note }: ReadOut): string[] {
  const written = lines.flatMap(({ label, value, split }) => [label, value, split ?? '']);
  const head = detail ? [title, ' ', detail] : [title];
  return [...head, when, ...written, note ?? ''].filter((text) => text !== '');
}

function textNodesOf(box: HTMLElement): Text[] {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}
