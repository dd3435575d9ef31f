import type { Hit } from '../../shared/timeline/hit-test.ts';

/** What of the window on the strip a hand takes hold of. */
export type Grip = 'from' | 'to' | 'window' | 'outside';

/** What hands can do to the instrument. Pixels are CSS pixels from the host's corner. */
export interface Hand {
  hitAt(x: number, y: number): Hit;
  point(at: { x: number; y: number } | null): void;
  /** Moves the picture with the hand: right and down are positive. */
  panPixels(dx: number, dy: number): void;
  zoomAtPixel(factor: number, x: number): void;
  scrollLanes(px: number): void;
  overviewGrab(grip: Grip, x: number): (x: number) => void;
  select(fromX: number, toX: number, done: boolean): void;
  moveEdge(edge: 'from' | 'to', x: number, done: boolean): void;
  click(x: number, y: number): void;
  whole(): void;
  setDragging(dragging: boolean): void;
}

const CLICK_PX = 4;

/** Listens to pointer and wheel; returns the end of listening. */
export function listenToHand(host: HTMLElement, hand: Hand): () => void {
  const ends: (() => void)[] = [];
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    run: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ) => {
    host.addEventListener(type, run, { passive });
    ends.push(() => host.removeEventListener(type, run));
  };
  const place = (event: MouseEvent) => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  let drag: Drag | null = null;

  on('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('.tl-scroller')) return;
    const at = place(event);
    drag = beginDrag(hand, at, event.shiftKey);
    if (!drag) return;
    host.setPointerCapture(event.pointerId);
    hand.setDragging(true);
    host.style.cursor = drag.cursor;
  });
  on('pointermove', (event) => {
    const at = place(event);
    if (drag) {
      drag.move(at.x, at.y);
      if (drag.moved) host.style.cursor = drag.cursor;
    } else {
      host.style.cursor = cursorFor(hand.hitAt(at.x, at.y), event.shiftKey);
    }
    hand.point(at);
  });
  const end = (event: PointerEvent, cancelled: boolean) => {
    const was = drag;
    if (!was) return;
    drag = null;
    hand.setDragging(false);
    const at = place(event);
    if (!cancelled) was.end(at.x, at.y);
    if (!cancelled && !was.moved) hand.click(at.x, at.y);
    host.style.cursor = cursorFor(hand.hitAt(at.x, at.y), event.shiftKey);
  };
  on('pointerup', (event) => end(event, false));
  on('pointercancel', (event) => end(event, true));
  on('pointerleave', () => {
    if (!drag) hand.point(null);
  });
  on('dblclick', (event) => {
    const at = place(event);
    if (hand.hitAt(at.x, at.y).on === 'overview') hand.whole();
  });
  on('wheel', (event) => wheel(hand, event, place(event)), false);
  return () => {
    for (const stop of ends) stop();
  };
}

interface Drag {
  readonly cursor: string;
  moved: boolean;
  move(x: number, y: number): void;
  end(x: number, y: number): void;
}

function beginDrag(hand: Hand, from: { x: number; y: number }, shift: boolean): Drag | null {
  const hit = hand.hitAt(from.x, from.y);
  if (hit.on === 'nothing') return null;
  const edge = hit.on === 'lane' || hit.on === 'empty lanes' ? hit.edge : null;
  const onTime = hit.on === 'lane' || hit.on === 'empty lanes' || hit.on === 'axis' || hit.on === 'context';
  let last = from;
  let act: (x: number, y: number, done: boolean) => void = () => {};
  let cursor = 'grabbing';
  if (hit.on === 'overview') {
    const follow = hand.overviewGrab(hit.grip, from.x);
    act = (x) => follow(x);
    if (hit.grip === 'from' || hit.grip === 'to') cursor = 'ew-resize';
  } else if (edge && !shift) {
    act = (x, _y, done) => hand.moveEdge(edge, x, done);
    cursor = 'ew-resize';
  } else if (shift && onTime) {
    act = (x, _y, done) => hand.select(from.x, x, done);
    cursor = 'text';
  } else if (hit.on === 'label') {
    act = (_x, y) => hand.panPixels(0, y - last.y);
    cursor = 'default';
  } else {
    act = (x, y) => hand.panPixels(x - last.x, y - last.y);
  }
  const drag: Drag = {
    cursor,
    moved: false,
    move(x, y) {
      if (!drag.moved && Math.hypot(x - from.x, y - from.y) < CLICK_PX) return;
      drag.moved = true;
      act(x, y, false);
      last = { x, y };
    },
    end(x, y) {
      if (drag.moved) act(x, y, true);
    },
  };
  return drag;
}

function cursorFor(hit: Hit, shift: boolean): string {
  if (hit.on === 'overview') {
    return hit.grip === 'from' || hit.grip === 'to' ? 'ew-resize' : hit.grip === 'window' ? 'grab' : 'pointer';
  }
  if (hit.on === 'label') return hit.button ? 'pointer' : 'default';
  if (hit.on === 'nothing') return 'default';
  if (shift) return 'text';
  if ((hit.on === 'lane' || hit.on === 'empty lanes') && hit.edge) return 'ew-resize';
  return 'crosshair';
}

/** One notch of a common mouse wheel is 100 pixels or 3 lines. */
function pixelsOf(delta: number, mode: number): number {
  return mode === 1 ? delta * 33 : mode === 2 ? delta * 300 : delta;
}

function wheel(hand: Hand, event: WheelEvent, at: { x: number; y: number }): void {
  const hit = hand.hitAt(at.x, at.y);
  if (hit.on === 'nothing') return;
  event.preventDefault();
  const dx = pixelsOf(event.deltaX, event.deltaMode);
  const dy = pixelsOf(event.deltaY, event.deltaMode);
  if (hit.on === 'label') hand.scrollLanes(dy);
  else if (event.altKey) hand.scrollLanes(dy);
  else if (event.shiftKey) hand.panPixels(-(dx || dy), 0);
  else if (Math.abs(dx) > Math.abs(dy)) hand.panPixels(-dx, 0);
  else {
    // A pinch on a trackpad comes as a wheel with ctrl and small steps.
    const strength = event.ctrlKey ? 0.01 : 0.0022;
    hand.zoomAtPixel(Math.exp(Math.max(-240, Math.min(240, dy)) * strength), at.x);
  }
}
