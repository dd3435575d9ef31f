/**
 * uPlot with the same intervals, run in a page by `page.evaluate` after its own script was added: one chart as large as the window, bytes
 * sent and received at the start of every interval. It knows no lanes, which spares it work. Wheel zooms, a drag pans.
 */
export function uplotPage(): void {
  const { data, uPlot } = globalThis as unknown as {
    data: import('./rival-data.ts').RivalData;
    uPlot: typeof import('uplot');
  };
  const seconds = data.from.map((us) => us / 1e6);
  const whole = { min: seconds[0]!, max: data.to[data.to.length - 1]! / 1e6 };
  const plot = new uPlot(
    {
      width: window.innerWidth,
      height: window.innerHeight - 40,
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: { x: { time: true } },
      series: [
        {},
        { label: 'sent', stroke: '#b45309', points: { show: false } },
        { label: 'received', stroke: '#1d4ed8', points: { show: false } },
      ],
    },
    [seconds, data.sent, data.received],
    document.body,
  );
  const over = plot.over;
  let asked = 0;
  let view = { ...whole };
  const paint = () => {
    asked = 0;
    plot.setScale('x', view);
  };
  const show = (min: number, span: number) => {
    const from = Math.min(Math.max(min, whole.min), whole.max - span);
    view = { min: from, max: from + span };
    if (asked === 0) asked = requestAnimationFrame(paint);
  };
  over.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const share = event.offsetX / over.clientWidth;
      const old = view.max - view.min;
      const span = Math.min(old * Math.exp(event.deltaY * 0.0022), whole.max - whole.min);
      show(view.min + share * (old - span), span);
    },
    { passive: false },
  );
  over.addEventListener('pointermove', (event) => {
    if (event.buttons !== 1) return;
    const span = view.max - view.min;
    show(view.min - (event.movementX / over.clientWidth) * span, span);
  });
}
