import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { CaseView } from '../../../shared/types/case.ts';
import { useCase } from '../../state/case.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Moment } from '../../ui/Moment.tsx';

/** What the cover of the case says, and how much it holds. */
export function CaseDetails({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const summary = useCase((state) => state.summary);
  const { info } = view;
  return (
    <DialogBox title="Case details" onClose={onClose} foot={<Button onPress={onClose}>Close</Button>}>
      <Facts
        list={[
          ['Name', view.name],
          ['Number', info.number],
          ['Examiner', info.examiner],
          ['Agency', info.agency],
          ['Authority to examine', info.authority],
          ['Notes', info.notes],
          ['Zone of the times', info.zone ?? 'the phone’s own'],
          ['Created', <Moment key="created" iso={view.createdAt} exact />],
          ['Folder', <code key="path">{view.path}</code>],
          ['Can be written', view.readOnly ? 'no, read-only where it lies' : 'yes'],
          ['Evidence files', groupedNumber(view.evidence)],
          ['Events', groupedNumber(view.events)],
          ['Warnings', summary === null ? null : groupedNumber(summary.warnings)],
        ]}
      />
    </DialogBox>
  );
}
