import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { ConnectOutcome } from '../../../shared/types/device.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { DialogBox } from '../../ui/DialogBox.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { Picture } from './Picture.tsx';
import { addressFault, codeFault, hostOf } from './pair-words.ts';

type Said = { readonly outcome: ConnectOutcome } | { readonly failure: Failure } | null;

function Answer({ said }: { said: Said }) {
  if (said === null) return null;
  if ('failure' in said) return <FailureBox failure={said.failure} />;
  return <Box tone={said.outcome.ok ? 'good' : 'warn'} title={said.outcome.sentence} live />;
}

/** A phone that is reached over the network: it is paired once with the code on its screen, then connected. */
export function PairDialog({ onClose }: { onClose: () => void }) {
  const [stage, setStage] = useState<'pair' | 'connect' | 'done'>('pair');
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [target, setTarget] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>(null);
  const form = useRef<HTMLFormElement>(null);
  const { phones } = bridge().client;
  // The field that had the focus is gone with its stage: the next one takes it, its cursor at the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stage, other fields
  useEffect(() => {
    const field = form.current?.querySelector('input');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, [stage]);

  async function ask(call: () => Promise<ConnectOutcome>): Promise<ConnectOutcome | null> {
    setBusy(true);
    setSaid(null);
    try {
      const outcome = await call();
      setSaid({ outcome });
      return outcome;
    } catch (thrown) {
      setSaid({ failure: failureOf(thrown) });
      return null;
    } finally {
      setBusy(false);
    }
  }
  function enter(next: typeof stage): void {
    setStage(next);
    setTried(false);
  }
  async function pair(): Promise<void> {
    setTried(true);
    if (busy || addressFault(address) !== null || codeFault(code) !== null) return;
    const outcome = await ask(() => phones.pair({ address: address.trim(), code: code.trim() }));
    // The phone shows another code each time.
    setCode('');
    setTried(false);
    if (!outcome?.ok) return;
    if (target === '') setTarget(`${hostOf(address)}:`);
    enter('connect');
  }
  async function connect(): Promise<void> {
    setTried(true);
    if (busy || addressFault(target) !== null) return;
    const outcome = await ask(() => phones.connect({ address: target.trim() }));
    if (outcome?.ok) enter('done');
  }
  const send = (submit: FormEvent) => {
    submit.preventDefault();
    void (stage === 'pair' ? pair() : connect());
  };

  return (
    <DialogBox
      title="A phone over the network"
      onClose={onClose}
      foot={
        stage === 'done' ? (
          <Button look="primary" onPress={onClose} autoFocus>
            Done
          </Button>
        ) : (
          <>
            <span className="dialog-foot-note">
              {stage === 'pair' ? (
                <Button look="quiet" onPress={() => enter('connect')}>
                  It is paired already
                </Button>
              ) : (
                <Button look="quiet" onPress={() => enter('pair')}>
                  Pair first
                </Button>
              )}
            </span>
            <Button onPress={onClose}>Cancel</Button>
            <Button look="primary" isDisabled={busy} onPress={() => void (stage === 'pair' ? pair() : connect())}>
              {stage === 'pair' ? (busy ? 'Pairing' : 'Pair') : busy ? 'Connecting' : 'Connect'}
            </Button>
          </>
        )
      }
    >
      <div className="guide guide-short">
        <Picture name="wireless" />
        <div className="guide-words">
          <p>
            Android 11 and later can be reached without a cable. A cable is the better way where there is one: over the
            network the phone stays online while it is examined.
          </p>
        </div>
      </div>
      {stage === 'done' ? null : (
        <section>
          <h3 className="pair-step">
            {stage === 'pair' ? 'First: pair, once for this computer' : 'Then: connect, each time'}
          </h3>
          <ol className="guide-steps">
            {stage === 'pair' ? (
              <>
                <li>Put the phone into the network that this computer is in.</li>
                <li>
                  Settings › Developer options › Wireless debugging: switch it on and allow the network. Write down
                  when.
                </li>
                <li>Touch “Pair device with pairing code”. Leave that window open and copy what it shows.</li>
              </>
            ) : (
              <>
                <li>On the phone, go back to the page “Wireless debugging”.</li>
                <li>Copy “IP address &amp; Port”. The port is another one than for pairing.</li>
              </>
            )}
          </ol>
        </section>
      )}
      <Answer said={said} />
      {stage === 'done' ? (
        <p className="quiet">
          The phone appears in the list by itself. When you are done, switch Wireless debugging off again and write down
          when.
        </p>
      ) : (
        <form ref={form} className="form" onSubmit={send} autoComplete="off">
          {stage === 'pair' ? (
            <div className="form-pair">
              <TextInput
                key="pair"
                label="IP address and port for pairing"
                value={address}
                onChange={setAddress}
                error={tried ? addressFault(address) : null}
                placeholder="192.168.1.23:37123"
                kind="code"
                mono
                autoFocus
              />
              <TextInput
                label="Pairing code"
                value={code}
                onChange={setCode}
                error={tried ? codeFault(code) : null}
                placeholder="six figures"
                kind="code"
                mono
              />
            </div>
          ) : (
            <TextInput
              key="connect"
              label="IP address and port"
              value={target}
              onChange={setTarget}
              error={tried ? addressFault(target) : null}
              placeholder="192.168.1.23:41877"
              kind="code"
              mono
              autoFocus
            />
          )}
          <button type="submit" className="unseen" tabIndex={-1} aria-hidden="true">
            {stage === 'pair' ? 'Pair' : 'Connect'}
          </button>
        </form>
      )}
    </DialogBox>
  );
}
