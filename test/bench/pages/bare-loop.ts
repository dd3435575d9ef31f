/**
 * The least that any drawing of the same intervals does, run in a page by `page.evaluate`: one loop over those in sight that fills the wide
 * ones as rectangles and bins the others into pixels by lane, one over the bins. No axis, no words, no scale that could be read. Wheel zooms, a drag pans.
 */
export function bareLoop(): void {
  const { data } = globalThis as unknown as { data: import('./rival-data.ts').RivalData };
  const canvas = document.createElement('canvas');
  const width = window.innerWidth;
  const height = window.innerHeight;
  canvas.width = width;
  canvas.height = height;
  document.body.append(canvas);
  const context = canvas.getContext('2d', { alpha: false })!;
  const rows = Math.min(data.lanes, Math.floor(height / 28));
  const laneHeight = height / rows;
  const bins = [new Float64Array(rows * width), new Float64Array(rows * width)] as const;
  const count = data.from.length;
  const whole = { from: data.from[0]!, to: data.to[count - 1]! };
  let longest = 0;
  let top = 1;
  for (let i = 0; i < count; i += 1) {
    longest = Math.max(longest, data.to[i]! - data.from[i]!);
    top = Math.max(top, data.sent[i]!, data.received[i]!);
  }
  const view = { ...whole };
  const below = (us: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data.from[middle]! < us) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  let asked = 0;
  const paint = () => {
    asked = 0;
    const scale = width / (view.to - view.from);
    bins[0].fill(0);
    bins[1].fill(0);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    const tall = (bytes: number) => Math.max(1, Math.min(1, Math.sqrt(bytes / top)) * laneHeight * 0.45);
    for (let i = below(view.from - longest), end = below(view.to); i < end; i += 1) {
      const lane = data.lane[i]!;
      if (lane >= rows) continue;
      const x0 = (data.from[i]! - view.from) * scale;
      const x1 = (data.to[i]! - view.from) * scale;
      if (x1 - x0 < 1) {
        if (x0 < 0) continue;
        const at = lane * width + Math.floor(x0);
        bins[0][at]! += data.sent[i]!;
        bins[1][at]! += data.received[i]!;
      } else if (x1 > 0) {
        const zero = (lane + 0.5) * laneHeight;
        context.fillStyle = '#b45309';
        context.fillRect(x0, zero - tall(data.sent[i]!), x1 - x0, tall(data.sent[i]!));
        context.fillStyle = '#1d4ed8';
        context.fillRect(x0, zero, x1 - x0, tall(data.received[i]!));
      }
    }
    for (const [way, sums] of bins.entries()) {
      context.fillStyle = way === 0 ? '#b45309' : '#1d4ed8';
      for (let lane = 0; lane < rows; lane += 1) {
        const zero = (lane + 0.5) * laneHeight;
        for (let x = 0; x < width; x += 1) {
          const bytes = sums[lane * width + x]!;
          if (bytes === 0) continue;
          context.fillRect(x, way === 0 ? zero - tall(bytes) : zero, 1, tall(bytes));
        }
      }
    }
  };
  const show = (from: number, to: number) => {
    view.from = from;
    view.to = to;
    if (asked === 0) asked = requestAnimationFrame(paint);
  };
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const factor = Math.exp(event.deltaY * 0.0022);
      const at = view.from + (event.offsetX / width) * (view.to - view.from);
      const span = Math.min((view.to - view.from) * factor, whole.to - whole.from);
      const from = Math.min(Math.max(at - (event.offsetX / width) * span, whole.from), whole.to - span);
      show(from, from + span);
    },
    { passive: false },
  );
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons !== 1) return;
    const span = view.to - view.from;
    const moved = view.from - (event.movementX / width) * span;
    const from = Math.min(Math.max(moved, whole.from), whole.to - span);
    show(from, from + span);
  });
  paint();
}
