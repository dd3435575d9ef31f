import { startTransition, useEffect, useState } from 'react';
import { afterPaint } from '../../bridge/page.ts';

/** Whether a frame was painted since this was mounted: what is not needed for the first picture waits for it. */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => afterPaint(() => startTransition(() => setPainted(true))), []);
  return painted;
}
