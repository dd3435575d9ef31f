import { FileClock, KeyRound, Lock, PenLine, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { SigningKeyView } from '../../../shared/types/custody.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useCase } from '../../state/case.ts';
import { runningTasks, useTasks } from '../../state/tasks.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { useChecks, verify } from '../evidence/checks.ts';
import { Working } from '../evidence/Working.tsx';
import { PathField } from '../files/PathField.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { RunResult } from './RunResult.tsx';
import { useCustodyRuns } from './runs.ts';
import { SealDialog } from './SealDialog.tsx';
import { SignatureState, StampFacts, signatureStates } from './SignatureState.tsx';
import { SignDialog } from './SignDialog.tsx';
import { RequestStampDialog, TakeStampDialog } from './StampDialogs.tsx';
import './custody.css';

type Asked = 'key' | 'key, then sign' | 'sign' | 'request' | 'take' | 'seal';

/** The last signature of the case with its time stamps, signing, sealing, and the examiner’s key. */
export function SignaturePart({ caseId }: { caseId: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { revision, view } = useCase();
  const key = useLoad('signing key', () => bridge().client.custody.key(null), revision);
  const [made, setMade] = useState<SigningKeyView | null>(null);
  const signer = made ?? key.data;
  const checks = useChecks();
  const run = checks.caseId === caseId ? checks.verify : null;
  const signature = run?.outcome?.signature ?? null;
  const all = useCustodyRuns();
  const acts = all.caseId === caseId ? all : { sign: null, request: null, stamp: null, seal: null };
  const busy = useTasks((tasks) => runningTasks(tasks).some((task) => task.case === caseId));
  const readOnly = view?.readOnly === true;
  const close = () => setAsked(null);
  const [signerKey, setSignerKey] = useState('');
  const [authority, setAuthority] = useState('');
  const named = (path: string) => (path.trim() === '' ? [] : [path.trim()]);
  const given = named(signerKey).length + named(authority).length;
  const check = () => void verify(caseId, { keys: named(signerKey), authorities: named(authority) });
  const state = signature === null ? null : signatureStates[signature.state];

  return (
    <div className="page">
      <div className="custody">
        {readOnly ? (
          <p className="quiet">This case is read-only where it lies: it can be checked and sealed, not signed.</p>
        ) : null}
        <section className="card custody-card" aria-label="Signature">
          <header className="custody-head">
            <PenLine className="icon" />
            <h2>Signature</h2>
            {state === null ? null : <span className={`chip chip-${state.tone}`}>{state.word}</span>}
            <div className="tools-gap" />
            {signature === null ? null : (
              <Button isDisabled={busy} onPress={check}>
                Check again
              </Button>
            )}
            <Button
              look="primary"
              isDisabled={readOnly || busy || key.loading}
              onPress={() => setAsked(signer === null ? 'key, then sign' : 'sign')}
            >
              Sign
            </Button>
          </header>
          <RunResult
            act="sign"
            run={acts.sign}
            caseId={caseId}
            kind="sign"
            working="Signing the case"
            title="The case is signed."
          >
            {(outcome) => (
              <p>
                By {outcome.name}, <Moment iso={outcome.signedAt} exact />: {groupedNumber(outcome.files)} files,{' '}
                {humanBytes(outcome.bytes)}, and the custody log up to line {groupedNumber(outcome.lines)}. Its list is{' '}
                <code>{outcome.manifest}</code>.
              </p>
            )}
          </RunResult>
          {run?.running ? (
            <Working kind="verify" caseId={caseId} title="Verifying" />
          ) : signature === null ? (
            <div className="custody-unknown">
              <p className="quiet">
                Whether the case is signed, and whether the signature holds, is told by a check of the whole case.
              </p>
              <Button isDisabled={busy} onPress={check}>
                Check the case
              </Button>
            </div>
          ) : (
            <>
              {run?.outcome?.ok ? (
                <p className="chain chain-good" role="status">
                  <ShieldCheck className="icon" />
                  <span>
                    The whole case was checked, {groupedNumber(run.outcome.checked)} things agree. Ended{' '}
                    <Moment iso={run.at} exact />.
                  </span>
                </p>
              ) : null}
              <SignatureState signature={signature} />
            </>
          )}
          {run !== null && run.failure !== null ? <FailureBox failure={run.failure} /> : null}
          <div className="custody-folds">
            <Fold title="Check it against what you have from elsewhere" note={given === 0 ? 'nothing given' : 'given'}>
              <p className="quiet">
                A signature shows that nothing changed since; whose it is, is shown by a key that you have from the
                signer, and who stamped it, by the certificate of the authority.
              </p>
              <PathField
                label="Public key of the signer (PEM)"
                value={signerKey}
                onChange={setSignerKey}
                choose="file"
              />
              <PathField
                label="Certificate of the authority (PEM or DER)"
                value={authority}
                onChange={setAuthority}
                choose="file"
              />
              <div>
                <Button isDisabled={busy || given === 0} onPress={check}>
                  Check against these
                </Button>
              </div>
            </Fold>
          </div>
        </section>

        <section className="card custody-card" aria-label="Time stamp">
          <header className="custody-head">
            <FileClock className="icon" />
            <h2>Time stamp</h2>
            <div className="tools-gap" />
            <Button isDisabled={busy} onPress={() => setAsked('request')}>
              Write a request
            </Button>
            <Button isDisabled={readOnly || busy} onPress={() => setAsked('take')}>
              Take the answer
            </Button>
          </header>
          <p className="quiet">
            An authority outside (RFC 3161) states when the signature existed, so that nobody must trust this computer’s
            clock. Nothing is sent from here: a file goes there, and a file comes back.
          </p>
          <RunResult
            act="request"
            run={acts.request}
            caseId={caseId}
            kind={null}
            working="Writing the request"
            title="The request is written."
          >
            {(outcome) => (
              <>
                <p>
                  <code>{outcome.path}</code>, {outcome.bytes} bytes, for <code>{outcome.manifest}</code>. Carry it to
                  the authority, and take its answer here.
                </p>
                <p>
                  <Hash sha256={outcome.sha256} of="the hash that it asks a stamp for" />
                </p>
              </>
            )}
          </RunResult>
          <RunResult
            act="stamp"
            run={acts.stamp}
            caseId={caseId}
            kind={null}
            working="Checking the answer"
            title="The time stamp holds and is kept."
          >
            {(outcome) => <StampFacts stamp={outcome.stamp} />}
          </RunResult>
        </section>

        <section className="card custody-card" aria-label="Sealed copy">
          <header className="custody-head">
            <Lock className="icon" />
            <h2>Sealed copy</h2>
            <div className="tools-gap" />
            <Button isDisabled={busy} onPress={() => setAsked('seal')}>
              Seal
            </Button>
          </header>
          <p className="quiet">
            The whole case in one file that only chosen people can open (age). To open one, choose “Open a sealed case”
            under Cases.
          </p>
          <RunResult
            act="seal"
            run={acts.seal}
            caseId={caseId}
            kind="seal"
            working="Sealing the case"
            title="The case is sealed."
          >
            {(outcome) => (
              <Facts
                list={[
                  ['File', <code key="p">{outcome.path}</code>],
                  ['Holds', `${groupedNumber(outcome.files)} files, ${humanBytes(outcome.bytes)} sealed`],
                  ['SHA-256', <Hash key="h" sha256={outcome.sha256} />],
                  [
                    'For',
                    <span key="t" className="custody-keys">
                      {outcome.to.map((one) => (
                        <code key={one}>{one}</code>
                      ))}
                    </span>,
                  ],
                ]}
              />
            )}
          </RunResult>
        </section>

        <section className="card custody-card" aria-label="Your signing key">
          <header className="custody-head">
            <KeyRound className="icon" />
            <h2>Your signing key</h2>
            <div className="tools-gap" />
            {signer === null && !key.loading ? <Button onPress={() => setAsked('key')}>Make a key</Button> : null}
          </header>
          {key.failure === null ? null : <FailureBox failure={key.failure} onAgain={key.again} />}
          {signer === null ? (
            <p className="quiet">
              {key.loading ? 'Looking for it' : 'None was made on this computer yet. The first signing asks for one.'}
            </p>
          ) : (
            <Facts
              list={[
                ['Name', signer.name],
                ['Fingerprint', <Hash key="f" sha256={signer.fingerprint} of="the fingerprint" />],
                ['Made', <Moment key="m" iso={signer.createdAt} exact />],
                ['Private half', <code key="p">{signer.path}</code>],
              ]}
            />
          )}
        </section>
      </div>
      {asked === 'key' || asked === 'key, then sign' ? (
        <KeyDialog
          onClose={close}
          onMade={(fresh) => {
            setMade(fresh);
            setAsked(asked === 'key, then sign' ? 'sign' : null);
          }}
        />
      ) : null}
      {asked === 'sign' && signer !== null ? <SignDialog caseId={caseId} signer={signer} onClose={close} /> : null}
      {asked === 'request' ? <RequestStampDialog caseId={caseId} onClose={close} /> : null}
      {asked === 'take' ? <TakeStampDialog caseId={caseId} onClose={close} /> : null}
      {asked === 'seal' ? <SealDialog caseId={caseId} onClose={close} /> : null}
    </div>
  );
}
