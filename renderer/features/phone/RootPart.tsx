import { isOf, lookAtPhone, useOffer } from '../../state/offer.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Tick } from '../../ui/Tick.tsx';
import type { Draft } from './choices.ts';

interface RootProps {
  readonly caseId: string;
  readonly serial: string;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Root, which is never used unless it is asked for, and the packets that need it. */
export function RootPart({ caseId, serial, draft, onChange }: RootProps) {
  const offer = useOffer();
  const mine = isOf(offer, caseId, serial);
  const root = mine && offer.found !== null && offer.found.root.state !== 'not asked' ? offer.found.root : null;
  const had = root?.state === 'adbd' || root?.state === 'su';
  const note = !draft.root ? 'not used' : root === null ? 'asked for' : had ? 'will be used' : 'not to be had';
  return (
    <Fold title="Root" note={note}>
      <p className="quiet">
        Root reads what Android keeps from a connected computer: the network history as the files it lies in, names that
        were looked up, and the usage of every user. Only a phone that was rooted before has it; this program never
        roots one. A superuser app asks on the phone’s own screen, may show a notice and notes each command; the phone
        may note when a file was last read.
      </p>
      <Tick checked={draft.root} onChange={(checked) => onChange({ ...draft, root: checked })}>
        Use root where the phone has it
      </Tick>
      {draft.root && draft.how === 'live' ? (
        <Tick checked={draft.packets} onChange={(packets) => onChange({ ...draft, packets })}>
          Stream its packets into the case too
          <span className="tick-more">
            With the phone’s own tcpdump, where it has one. Packets hold content: take them only where the authority to
            examine covers it.
          </span>
        </Tick>
      ) : null}
      {root === null ? null : (
        <Box tone={had ? 'good' : 'warn'} live>
          <p>{root.sentence}</p>
        </Box>
      )}
      {draft.root ? (
        <div>
          <Button
            look={root === null ? 'plain' : 'quiet'}
            isDisabled={mine && offer.running}
            onPress={() => void lookAtPhone(caseId, serial, true)}
          >
            {mine && offer.running
              ? 'Asking, look at the phone'
              : root === null
                ? 'Ask the phone for it now'
                : 'Ask again'}
          </Button>
        </div>
      ) : null}
    </Fold>
  );
}
