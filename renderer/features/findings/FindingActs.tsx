import { ArrowDown, ArrowUp, ChartNoAxesGantt, Check, Pencil, RotateCcw, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import type { FindingState, FindingView } from '../../../shared/types/finding.ts';
import { bridge } from '../../bridge/bridge.ts';
import { go } from '../../state/address-store.ts';
import { noticeFailure } from '../../state/notices.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { DecideDialog, EditDialog } from './DecideDialog.tsx';
import { addressOf } from './finding-words.ts';

interface FindingActsProps {
  readonly caseId: string;
  readonly finding: FindingView;
  /** Its place in the list, from 0, and how many there are. */
  readonly place: number;
  readonly count: number;
  readonly readOnly: boolean;
  readonly onChanged: () => void;
}

/** What can be done with a finding. In a case that cannot be written only the way to its view is left. */
export function FindingActs({ caseId, finding, place, count, readOnly, onChanged }: FindingActsProps) {
  const [asked, setAsked] = useState<FindingState | 'edit' | null>(null);
  const { state, rule, window } = finding;
  const done = () => {
    setAsked(null);
    onChanged();
  };
  const move = (to: number) =>
    bridge().client.findings.move({ case: caseId, key: finding.key, place: to }).then(onChanged, noticeFailure);
  const dialog = { caseId, finding, onClose: () => setAsked(null), onDone: done };
  const aside = state === 'rejected' || state === 'withdrawn';
  return (
    <div className="finding-acts">
      {window === null ? null : (
        <Button icon={<ChartNoAxesGantt className="icon" />} onPress={() => go('timeline', addressOf(window))}>
          Show in timeline
        </Button>
      )}
      {readOnly ? null : (
        <>
          {rule === null ? (
            <Button icon={<Pencil className="icon" />} onPress={() => setAsked('edit')}>
              Change words
            </Button>
          ) : null}
          {state === 'open' ? (
            <Button icon={<Check className="icon" />} onPress={() => setAsked('accepted')}>
              Accept
            </Button>
          ) : null}
          {aside ? null : rule === null ? (
            <Button icon={<Undo2 className="icon" />} onPress={() => setAsked('withdrawn')}>
              Withdraw
            </Button>
          ) : (
            <Button icon={<X className="icon" />} onPress={() => setAsked('rejected')}>
              Reject
            </Button>
          )}
          {state === 'open' || (rule === null && !aside) ? null : (
            <Button icon={<RotateCcw className="icon" />} onPress={() => setAsked('open')}>
              Open again
            </Button>
          )}
          <span className="finding-move">
            <IconButton
              label="Move up"
              icon={<ArrowUp className="icon" />}
              isDisabled={place === 0}
              onPress={() => void move(place - 1)}
            />
            <IconButton
              label="Move down"
              icon={<ArrowDown className="icon" />}
              isDisabled={place === count - 1}
              onPress={() => void move(place + 1)}
            />
          </span>
        </>
      )}
      {asked === null ? null : asked === 'edit' ? (
        <EditDialog {...dialog} />
      ) : (
        <DecideDialog {...dialog} state={asked} />
      )}
    </div>
  );
}
