import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import { type FindingView, type FindingWindow, findingLimits } from '../../../shared/types/finding.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { useCase } from '../../state/case.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { EnterForm } from '../../ui/EnterForm.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { CitedTable } from './CitedTable.tsx';
import { SvgPicture } from './KeptPicture.tsx';
import { TotalsPart } from './TotalsPart.tsx';
import './findings.css';

interface MakeFindingProps {
  readonly caseId: string;
  readonly window: FindingWindow;
  readonly zone: Zone;
  /** Draws what is in sight; null where it cannot. */
  readonly draw: () => string | null;
  readonly onClose: () => void;
  readonly onMade: (finding: FindingView) => void;
}

const largest = [5, 10, 25, 100];
type Cite = `${number}` | 'all';

const readOnlyWords = 'This case is read-only where it lies: no finding can be made in it.';

/** Asks for the words of a finding, and shows what it will hold: the picture, the sums, the events. */
export function MakeFinding({ caseId, window, zone, draw, onClose, onMade }: MakeFindingProps) {
  const readOnly = useCase(({ view }) => view?.readOnly === true);
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [cite, setCite] = useState<Cite>('10');
  const [withPicture, setWithPicture] = useState(true);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [svg, setSvg] = useState<string | null>(null);
  // The view as it stands when the question is asked, not as it stands when it is answered.
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn once
  useEffect(() => setSvg(draw()), []);
  const [question] = useState(window);
  const count = cite === 'all' ? findingLimits.events : Number(cite);
  const draft = useLoad(`draft ${caseId} ${count}`, () =>
    bridge().client.findings.draft({ case: caseId, window: question, cite: { largest: count } }),
  );
  const available = draft.data?.available ?? 0;
  // Where there are fewer than were to be cited, all of them are.
  useEffect(() => {
    if (draft.data && cite !== 'all' && count > draft.data.available) setCite('all');
  }, [draft.data, cite, count]);
  const tooLarge = svg !== null && new Blob([svg]).size > findingLimits.picture;
  const fault = title.trim() === '' ? 'A finding needs a title.' : null;

  async function make(): Promise<void> {
    setTried(true);
    if (fault !== null || busy || readOnly) return;
    setBusy(true);
    setFailure(null);
    try {
      const picture = withPicture && !tooLarge ? svg : null;
      const finding = { title, text, window: question, cite: { largest: count }, picture };
      onMade(await bridge().client.findings.make({ case: caseId, finding }));
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  }

  const choices: { readonly key: Cite; readonly text: string }[] = [
    ...largest
      .filter((n) => n < available || n === count)
      .map((n) => ({ key: String(n) as Cite, text: `The ${n} largest` })),
    ...(available <= findingLimits.events
      ? [{ key: 'all' as const, text: `All ${groupedNumber(available)}` }]
      : [{ key: 'all' as const, text: `The ${findingLimits.events} largest, which is the most` }]),
    { key: '0', text: 'None' },
  ];
  return (
    <DialogBox
      title="Make a finding"
      width="wide"
      onClose={onClose}
      foot={
        <>
          <span className="dialog-foot-note">
            {readOnly ? readOnlyWords : 'It is kept in the case and printed in the report.'}
          </span>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={busy || readOnly} onPress={() => void make()}>
            Make the finding
          </Button>
        </>
      }
    >
      {failure === null ? null : <FailureBox failure={failure} />}
      <EnterForm onSend={make}>
        <TextInput
          label="Title"
          value={title}
          onChange={setTitle}
          error={tried ? fault : null}
          autoFocus
          maxLength={findingLimits.title}
        />
        <TextInput
          label="Text"
          value={text}
          onChange={setText}
          lines={4}
          maxLength={findingLimits.text}
          help="What is seen here, and what it does not show. Bytes counted say nothing of their content."
        />
      </EnterForm>
      {draft.failure ? <FailureBox failure={draft.failure} onAgain={draft.again} /> : null}
      {draft.data?.totals ? <TotalsPart totals={draft.data.totals} zone={zone} /> : null}
      {svg === null ? null : (
        <figure className="finding-figure">
          {withPicture && !tooLarge ? <SvgPicture svg={svg} alt="The timeline as it is kept with the finding" /> : null}
          <figcaption>
            {tooLarge ? (
              <span className="quiet">The picture of this view is larger than 2 MB, so it is not kept.</span>
            ) : (
              <Toggle on={withPicture} onChange={setWithPicture}>
                Keep this picture of the timeline
              </Toggle>
            )}
          </figcaption>
        </figure>
      )}
      <Choice
        label={`Events cited, of ${draft.data ? groupedNumber(available) : '…'}`}
        value={cite}
        onChange={setCite}
        options={choices}
      />
      {draft.data && draft.data.cited.length > 0 ? (
        <CitedTable label="Events that are cited" cited={draft.data.cited} zone={zone} />
      ) : null}
    </DialogBox>
  );
}
