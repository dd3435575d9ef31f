import { useState } from 'react';
import { useCase } from '../../state/case.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { PathField } from '../files/PathField.tsx';
import { besideCase } from './out-names.ts';
import { requestStamp, takeStamp } from './runs.ts';

interface StampProps {
  readonly caseId: string;
  readonly onClose: () => void;
}

/** Where the request for a time stamp is written, to be carried to an authority. */
export function RequestStampDialog({ caseId, onClose }: StampProps) {
  const path = useCase((state) => state.view?.path ?? '');
  const [out, setOut] = useState(besideCase(path, '.tsq'));
  const fault = out.trim() === '' ? 'Name a file.' : null;
  return (
    <DialogBox
      title="Write a request for a time stamp"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={fault !== null}
            onPress={() => {
              void requestStamp(caseId, out.trim());
              onClose();
            }}
          >
            Write the request
          </Button>
        </>
      }
    >
      <p>
        The request holds the hash of the last signature’s list and nothing of the case. This program sends nothing:
        carry the file to a time-stamp authority (RFC 3161), and bring its answer back here.
      </p>
      <PathField
        label="File to write"
        value={out}
        onChange={setOut}
        choose="place"
        error={fault}
        help="On the machine that the program runs on."
        autoFocus
      />
    </DialogBox>
  );
}

/** The answer of an authority, checked before it is kept. */
export function TakeStampDialog({ caseId, onClose }: StampProps) {
  const [file, setFile] = useState('');
  const [authority, setAuthority] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <DialogBox
      title="Take the answer of an authority"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            onPress={() => {
              setTried(true);
              if (file.trim() === '') return;
              void takeStamp(caseId, file.trim(), authority.trim() === '' ? [] : [authority.trim()]);
              onClose();
            }}
          >
            Check and keep it
          </Button>
        </>
      }
    >
      <p>The answer is checked against the signature that it stamps. One that does not hold is not kept.</p>
      <PathField
        label="Answer of the authority"
        value={file}
        onChange={setFile}
        choose="file"
        error={tried && file.trim() === '' ? 'Name the file that the authority gave: .tsr or .tst.' : null}
        placeholder="case.tsr"
        autoFocus
      />
      <PathField
        label="Certificate of the authority, if you have it"
        value={authority}
        onChange={setAuthority}
        choose="file"
        help="PEM or DER. Without it, the stamp is kept, and who issued it is said to be not checked."
      />
    </DialogBox>
  );
}
