/** What keys can do to the instrument. */
export interface Keyboard {
  /** Moves the window by a part of its width; positive is later. */
  panPart(part: number): void;
  zoomBy(factor: number): void;
  toEnd(end: 'first' | 'last'): void;
  whole(): void;
  moveFocus(by: number): void;
  pageOfLanes(): number;
  burst(way: 1 | -1): void;
  interval(way: 1 | -1): void;
  contact(way: 1 | -1): void;
  /** Begins or ends following what comes in. */
  follow(): void;
  open(): void;
  pin(): void;
  only(): void;
  /** Folds the lane in focus or unfolds it; or all lanes. */
  fold(all: boolean): void;
  zoomToSelection(): void;
  /** Marks the window as selected. */
  selectWindow(): void;
  /** Moves the edge of the selection by a step; begins one where there is none. */
  extendSelection(way: 1 | -1): void;
  /** The next thing of the context band, later or earlier. */
  mark(way: 1 | -1): void;
  /** Makes a finding of what is selected, or of the window. */
  make(): void;
  escape(): boolean;
}

/** The keys, for the help of the window. */
export const keyHelp: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'Wheel', does: 'zoom at the pointer (over the labels, or with Alt: scroll the lanes)' },
  { keys: 'Drag', does: 'move through time and lanes' },
  { keys: 'Shift + drag', does: 'select a stretch of time' },
  { keys: '← →', does: 'earlier, later (with Ctrl, or < and >: a whole window)' },
  { keys: 'Shift + ← →', does: 'select: from the interval in focus, or move the edge of what is selected' },
  { keys: '+ −', does: 'zoom in, zoom out' },
  { keys: 'Home End', does: 'first and last of the data' },
  { keys: '0', does: 'the whole span' },
  { keys: '↑ ↓ Page', does: 'go from lane to lane' },
  { keys: '[ ]', does: 'previous, next burst (of the lane in focus, or of all): the top tenth of what was sent' },
  { keys: ', .', does: 'previous, next interval of the lane in focus' },
  { keys: 'C', does: 'next contact of the lane in focus (with Shift: previous)' },
  { keys: 'X', does: 'next start, clock change, install or acquisition (with Shift: previous)' },
  { keys: 'Enter', does: 'open the contact in focus, or the largest event of the interval in focus' },
  { keys: 'P, O', does: 'pin the lane in focus; show only this lane' },
  { keys: 'T', does: 'fold the lane in focus to a thin line, or unfold it (with Shift: all lanes)' },
  { keys: '/ or Ctrl + K', does: 'search the case' },
  { keys: 'S, Z', does: 'select what the window shows; zoom to the selection' },
  { keys: 'M', does: 'make a finding of the selection; where nothing is selected, of what the window shows' },
  { keys: 'F', does: 'while a phone is acquired live: follow what comes in, or stay (moving by hand stays too)' },
  { keys: '?', does: 'this list' },
  { keys: 'Esc', does: 'let go of selection and focus' },
];

/** Acts on a key; answers whether it was one of ours, so that it goes no further. */
export function pressKey(event: KeyboardEvent, board: Keyboard): boolean {
  // On many keyboards brackets need AltGr, which some systems report as Ctrl and Alt.
  const other = event.ctrlKey || event.metaKey || event.altKey;
  if (event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return false;
    board.panPart(event.key === 'ArrowLeft' ? -1 : 1);
    return true;
  }
  if (other && !event.getModifierState('AltGraph')) return false;
  switch (event.key) {
    case 'ArrowLeft':
      if (event.shiftKey) board.extendSelection(-1);
      else board.panPart(-0.125);
      return true;
    case 'ArrowRight':
      if (event.shiftKey) board.extendSelection(1);
      else board.panPart(0.125);
      return true;
    case 'ArrowUp':
      board.moveFocus(-1);
      return true;
    case 'ArrowDown':
      board.moveFocus(1);
      return true;
    case 'PageUp':
      board.moveFocus(-board.pageOfLanes());
      return true;
    case 'PageDown':
      board.moveFocus(board.pageOfLanes());
      return true;
    case '+':
    case '=':
      board.zoomBy(1 / 1.6);
      return true;
    case '-':
    case '_':
    case '−':
      board.zoomBy(1.6);
      return true;
    case 'Home':
      board.toEnd('first');
      return true;
    case 'End':
      board.toEnd('last');
      return true;
    case '0':
      board.whole();
      return true;
    case '[':
      board.burst(-1);
      return true;
    case ']':
      board.burst(1);
      return true;
    case '<':
      board.panPart(-1);
      return true;
    case '>':
      board.panPart(1);
      return true;
    case ',':
      board.interval(-1);
      return true;
    case '.':
      board.interval(1);
      return true;
    case 'Enter':
      board.open();
      return true;
    case 'Escape':
      return board.escape();
    default:
      return pressLetter(event.key.toLowerCase(), event.shiftKey, board);
  }
}

function pressLetter(letter: string, shift: boolean, board: Keyboard): boolean {
  if (letter === 'p') board.pin();
  else if (letter === 't') board.fold(shift);
  else if (letter === 'c') board.contact(shift ? -1 : 1);
  else if (letter === 'f') board.follow();
  else if (letter === 'm') board.make();
  else if (letter === 'o') board.only();
  else if (letter === 'x') board.mark(shift ? -1 : 1);
  else if (letter === 's') board.selectWindow();
  else if (letter === 'z') board.zoomToSelection();
  else return false;
  return true;
}
