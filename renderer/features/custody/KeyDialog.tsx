import { useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { SigningKeyView } from '../../../shared/types/custody.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { kept } from '../../bridge/page.ts';
import { useCase } from '../../state/case.ts';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { EnterForm } from '../../ui/EnterForm.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { strengthOf } from './passphrase.ts';

interface KeyDialogProps {
  readonly onMade: (key: SigningKeyView) => void;
  readonly onClose: () => void;
}

/** Makes the examiner’s signing key: once, under a passphrase that is typed twice. */
export function KeyDialog({ onMade, onClose }: KeyDialogProps) {
  const examiner = useCase((state) => state.view?.info.examiner ?? null);
  const [name, setName] = useState(examiner ?? kept('examiner') ?? '');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const strength = strengthOf(first);
  const nameFault = name.trim() === '' ? 'Whose key it is stands in every signature.' : null;
  const twiceFault = second === first ? null : 'The two are not the same.';

  async function make(): Promise<void> {
    setTried(true);
    if (busy || nameFault !== null || strength.level === 0 || twiceFault !== null) return;
    setBusy(true);
    setFailure(null);
    try {
      onMade(await bridge().client.custody.createKey({ name: name.trim(), passphrase: first }));
    } catch (thrown) {
      setFailure(failureOf(thrown));
      setBusy(false);
    }
  }

  return (
    <DialogBox
      title="Make your signing key"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={busy} onPress={() => void make()}>
            {busy ? 'Making the key' : 'Make the key'}
          </Button>
        </>
      }
    >
      <p className="quiet">
        One key (Ed25519) for all your cases. Its private half stays on this computer, locked with the passphrase: who
        has forgotten it makes a new key, and what was signed before stays good. Give the fingerprint to those who will
        check your signatures, by a way that they trust.
      </p>
      {failure === null ? null : <FailureBox failure={failure} />}
      <EnterForm onSend={make}>
        <TextInput
          label="Your name, as it stands in signatures"
          value={name}
          onChange={setName}
          error={tried ? nameFault : null}
          maxLength={200}
          autoFocus={name === ''}
        />
        <TextInput
          label="Passphrase"
          value={first}
          onChange={setFirst}
          kind="secret"
          autoFocus={name !== ''}
          error={tried && strength.level === 0 ? strength.words : null}
          help={
            first === '' ? (
              'Several words that do not belong together are best.'
            ) : (
              <span className={`strength strength-${strength.level}`}>
                <svg className="strength-bar" viewBox="0 0 30 4" aria-hidden="true">
                  {[1, 2, 3].map((n) => (
                    <rect
                      key={n}
                      className={n <= strength.level ? 'strength-full' : 'strength-rest'}
                      x={(n - 1) * 10.5}
                      width="9"
                      height="4"
                      rx="1"
                    />
                  ))}
                </svg>
                <span role="status">{strength.words}</span>
              </span>
            )
          }
        />
        <TextInput
          label="The same once more"
          value={second}
          onChange={setSecond}
          kind="secret"
          error={(tried || second.length >= first.length) && second !== '' ? twiceFault : tried ? twiceFault : null}
        />
      </EnterForm>
    </DialogBox>
  );
}
