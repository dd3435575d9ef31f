import { useState } from 'react';
import type { SigningKeyView } from '../../../shared/types/custody.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { EnterForm } from '../../ui/EnterForm.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { sign } from './runs.ts';

/** Asks for the passphrase. The signing itself goes on in the place behind it. */
export function SignDialog({
  caseId,
  signer,
  onClose,
}: {
  caseId: string;
  signer: SigningKeyView;
  onClose: () => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  function start(): void {
    if (passphrase === '') return;
    void sign(caseId, passphrase);
    onClose();
  }
  return (
    <DialogBox
      title="Sign the case"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={passphrase === ''} onPress={start}>
            Sign
          </Button>
        </>
      }
    >
      <p>
        The whole case is verified first: what does not hold is not signed. Then a list of every file with its hash, and
        the custody log up to this line, is signed with your key.
      </p>
      <Facts
        list={[
          ['Signed by', <strong key="n">{signer.name}</strong>],
          ['Key', <Hash key="f" sha256={signer.fingerprint} of="the fingerprint" />],
        ]}
      />
      <EnterForm onSend={start}>
        <TextInput label="Passphrase" value={passphrase} onChange={setPassphrase} kind="secret" autoFocus />
      </EnterForm>
    </DialogBox>
  );
}
