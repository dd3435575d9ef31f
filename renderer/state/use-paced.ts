import { useEffect, useRef, useState } from 'react';

/**
 * A number that grows, passed on no oftener than every so many milliseconds and not while `busy` says so: a case that grows with every
 * second is drawn anew at a pace that an eye and the engine can follow. The last value is always passed on.
 */
export function usePaced(value: number, busy: () => boolean, everyMs: number): number {
  const [passed, setPassed] = useState(value);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  const latest = useRef(busy);
  latest.current = busy;
  useEffect(() => {
    if (value === passed) return;
    let timer: ReturnType<typeof setTimeout>;
    const pass = () => {
      if (latest.current()) {
        timer = setTimeout(pass, everyMs / 4);
        return;
      }
      lastAt.current = performance.now();
      setPassed(value);
    };
    timer = setTimeout(pass, Math.max(0, lastAt.current + everyMs - performance.now()));
    return () => clearTimeout(timer);
  }, [value, passed, everyMs]);
  return passed;
}
