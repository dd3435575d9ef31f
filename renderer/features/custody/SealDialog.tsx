import { useState } from 'react';
import { useCase } from '../../state/case.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { PathField } from '../files/PathField.tsx';
import { besideCase } from './out-names.ts';
import { recipientsFault, recipientsIn } from './recipients.ts';
import { seal } from './runs.ts';

/** Who may open the sealed file, and where it is written. */
export function SealDialog({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const path = useCase((state) => state.view?.path ?? '');
  const [to, setTo] = useState('');
  const [out, setOut] = useState(besideCase(path, '.phonehome.age'));
  const [tried, setTried] = useState(false);
  const fault = recipientsFault(to);
  const placeFault = out.trim() === '' ? 'Name a file.' : null;
  // A secret key is told at once: it should not stand on the screen.
  const early = /age-secret-key/i.test(to);
  return (
    <DialogBox
      title="Seal the case"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            onPress={() => {
              setTried(true);
              if (fault !== null || placeFault !== null) return;
              void seal(caseId, recipientsIn(to), out.trim());
              onClose();
            }}
          >
            Seal
          </Button>
        </>
      }
    >
      <p>
        The whole case becomes one file, encrypted with age. Only the recipients can open it, with the identity that
        belongs to each; not even you can, unless you are among them. The case itself stays as it is.
      </p>
      <TextInput
        label="Recipients, one a line"
        value={to}
        onChange={setTo}
        lines={3}
        mono
        kind="code"
        error={tried || early ? fault : null}
        help="age1…, as age-keygen prints it."
        placeholder="age1…"
        autoFocus
      />
      <PathField
        label="File to write"
        value={out}
        onChange={setOut}
        choose="place"
        error={tried ? placeFault : null}
        help="On the machine that the program runs on. A file that is there is not written over."
      />
    </DialogBox>
  );
}
