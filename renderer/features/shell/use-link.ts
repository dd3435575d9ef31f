import { useEffect, useRef, useState } from 'react';
import { bridge, type LinkState } from '../../bridge/bridge.ts';
import { askCaseAgain } from '../../state/case.ts';
import { askPhones } from '../../state/phones.ts';

/** Whether the program can be reached; after a break what is shown is asked for anew. */
export function useLink(): LinkState {
  const [link, setLink] = useState<LinkState>({ state: 'connecting', sentence: null });
  const wasLost = useRef(false);
  useEffect(
    () =>
      bridge().onLink((next) => {
        setLink(next);
        if (next.state === 'lost') wasLost.current = true;
        if (next.state === 'connected' && wasLost.current) {
          wasLost.current = false;
          askCaseAgain();
          void askPhones();
        }
      }),
    [],
  );
  return link;
}
