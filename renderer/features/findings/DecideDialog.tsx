import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { type FindingState, type FindingView, findingLimits } from '../../../shared/types/finding.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';

interface DialogProps {
  readonly caseId: string;
  readonly finding: FindingView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const asked: Readonly<Record<FindingState, { title: string; act: string; says: string; needed: boolean }>> = {
  accepted: {
    title: 'Accept the finding',
    act: 'Accept',
    says: 'It is printed in the report as accepted, with the events that it cites.',
    needed: false,
  },
  rejected: {
    title: 'Reject the finding',
    act: 'Reject',
    says: 'It stays in the list and in the report, as rejected and with this reason.',
    needed: true,
  },
  open: {
    title: 'Open the finding again',
    act: 'Open again',
    says: 'What was decided stays in the custody log.',
    needed: false,
  },
  withdrawn: {
    title: 'Withdraw the finding',
    act: 'Withdraw',
    says: 'Nothing is deleted: it stays in the list and in the report, as withdrawn and with this reason.',
    needed: true,
  },
};

/** Asks why, and writes the decision into the case. */
export function DecideDialog({
  caseId,
  finding,
  state,
  onClose,
  onDone,
}: DialogProps & { readonly state: FindingState }) {
  const { title, act, says, needed } = asked[state];
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fault = needed && reason.trim() === '' ? 'A reason is needed.' : null;
  async function decide(): Promise<void> {
    setTried(true);
    if (fault !== null) return;
    try {
      const why = reason.trim() === '' ? null : reason;
      await bridge().client.findings.decide({ case: caseId, key: finding.key, state, reason: why });
      onDone();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }
  return (
    <DialogBox
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={() => void decide()}>
            {act}
          </Button>
        </>
      }
    >
      {failure === null ? null : <FailureBox failure={failure} />}
      <p>
        <strong>{finding.title}</strong>
      </p>
      <p>{says}</p>
      <TextInput
        label={needed ? 'Reason' : 'Reason, if there is one to be given'}
        value={reason}
        onChange={setReason}
        error={tried ? fault : null}
        lines={3}
        autoFocus
        maxLength={findingLimits.reason}
      />
    </DialogBox>
  );
}

/** Changes the examiner's own words. */
export function EditDialog({ caseId, finding, onClose, onDone }: DialogProps) {
  const [title, setTitle] = useState(finding.title);
  const [text, setText] = useState(finding.text);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fault = title.trim() === '' ? 'A finding needs a title.' : null;
  async function edit(): Promise<void> {
    if (fault !== null) return;
    try {
      await bridge().client.findings.edit({ case: caseId, key: finding.key, title, text });
      onDone();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }
  return (
    <DialogBox
      title="Change the words of the finding"
      onClose={onClose}
      foot={
        <>
          <span className="dialog-foot-note">What they were stays in the custody log.</span>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={() => void edit()}>
            Keep
          </Button>
        </>
      }
    >
      {failure === null ? null : <FailureBox failure={failure} />}
      <TextInput
        label="Title"
        value={title}
        onChange={setTitle}
        error={fault}
        autoFocus
        maxLength={findingLimits.title}
      />
      <TextInput label="Text" value={text} onChange={setText} lines={6} maxLength={findingLimits.text} />
    </DialogBox>
  );
}
