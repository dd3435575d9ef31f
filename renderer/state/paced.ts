/** Runs at once, then no oftener than every so many milliseconds, asked for each time; the last call is always followed by a run. */
export function paced(run: () => void, everyMs: () => number): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const go = () => {
    timer = null;
    last = performance.now();
    run();
  };
  return () => {
    if (timer !== null) return;
    const wait = last + everyMs() - performance.now();
    if (wait <= 0) go();
    else timer = setTimeout(go, wait);
  };
}
