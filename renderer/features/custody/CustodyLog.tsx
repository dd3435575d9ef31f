import { ChevronRight, Link2, Unlink } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { CustodyLineView } from '../../../shared/types/custody.ts';
import { bridge } from '../../bridge/bridge.ts';
import { sha256Of } from '../../bridge/page.ts';
import { useLoad } from '../../state/use-load.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { type ChainCheck, checkChain, laidOut, namedBefore } from './chain.ts';
import './custody.css';

const pageLines = 100;

/** What a look at the lines of this page found, once it is known. */
function Chain({ check, first, last }: { check: ChainCheck | null | undefined; first: number; last: number }) {
  if (check === undefined) return <span className="faint">Computing the hashes</span>;
  if (check === null) {
    return <span className="faint">This window cannot compute hashes here; Verify walks the whole chain.</span>;
  }
  if (check.fault !== null) {
    return (
      <span className="chain chain-bad" role="alert">
        <Unlink className="icon" /> The chain breaks at line {check.fault.seq}: {check.fault.what}.
      </span>
    );
  }
  return (
    <span className="chain chain-good" role="status">
      <Link2 className="icon" /> Lines {groupedNumber(first)} to {groupedNumber(last)}: hashes computed here; each line
      names the one before it.
    </span>
  );
}

function Line({ line, open, onToggle }: { line: CustodyLineView; open: boolean; onToggle: () => void }) {
  const before = open ? namedBefore(line) : null;
  return (
    <li className={open ? 'log-line log-open' : 'log-line'}>
      <button type="button" className="log-row" aria-expanded={open} onClick={onToggle}>
        <ChevronRight className="icon log-sign" />
        <span className="log-seq number">{line.seq}</span>
        <span className="log-at quiet">
          <Moment iso={line.at === '' ? null : line.at} exact />
        </span>
        <span className="log-who cut quiet" dir="auto">
          {line.who}
        </span>
        <span className="log-said">{line.sentence}</span>
      </button>
      {open ? (
        <div className="log-more">
          <Facts
            list={[
              ['Action', <code key="a">{line.action}</code>],
              ...(line.batch === null ? [] : ([['Acquisition or import', line.batch]] as const)),
              ['SHA-256 of this line', <Hash key="h" sha256={line.hash} />],
              ['Names the line before by', before === null ? null : <Hash key="p" sha256={before} />],
            ]}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard */}
          <section className="log-json" tabIndex={0} aria-label={`Line ${line.seq} as it stands`}>
            <pre>{laidOut(line.details)}</pre>
          </section>
        </div>
      ) : null}
    </li>
  );
}

interface CustodyLogProps {
  readonly caseId: string;
  readonly revision: number;
  /** Number of the first line that is shown, from 1. */
  readonly first: number;
  readonly onFirst: (first: number) => void;
}

/** The custody log as a reader sees it: a sentence a line, each opening to the line as it stands, and whether the chain holds. */
export function CustodyLog({ caseId, revision, first, onFirst }: CustodyLogProps) {
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [check, setCheck] = useState<ChainCheck | null | undefined>(undefined);
  // The line before the first is asked for too: the first one names its hash.
  const after = Math.max(0, first - 2);
  const limit = pageLines + (first > 1 ? 1 : 0);
  const { data, failure, again } = useLoad(
    `custody ${caseId} ${first}`,
    () => bridge().client.custody.log({ case: caseId, after, limit }),
    revision,
  );
  const before = first > 1 ? (data?.lines[0] ?? null) : null;
  const lines = data === null ? [] : first > 1 ? data.lines.slice(1) : data.lines;
  const total = data?.total ?? 0;
  const last = lines.at(-1)?.seq ?? first;
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines and the one before come with the data
  useEffect(() => {
    setCheck(undefined);
    if (data === null) return;
    let stale = false;
    void checkChain(lines, before, sha256Of).then((found) => !stale && setCheck(found));
    return () => {
      stale = true;
    };
  }, [data]);

  function turn(to: number): void {
    setOpen(new Set());
    onFirst(to);
    list.current?.parentElement?.scrollTo({ top: 0 });
  }
  /** Arrows go from line to line, so that a hundred lines are not a hundred stops. */
  function onKeyDown(press: KeyboardEvent): void {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('.log-row') ?? [])];
    const at = rows.indexOf(press.target as HTMLElement);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    const to = moves[press.key];
    if (at < 0 || to === undefined) return;
    press.preventDefault();
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
  }
  const lastPage = Math.max(1, Math.floor((total - 1) / pageLines) * pageLines + 1);

  if (failure !== null) {
    return (
      <div className="page">
        <FailureBox failure={failure} onAgain={again} />
      </div>
    );
  }
  if (data !== null && lines.length === 0) {
    return (
      <EmptyPlace
        title={total === 0 ? 'The custody log is empty' : `The custody log has ${groupedNumber(total)} lines`}
      >
        {total === 0 ? (
          'Every act on the phone and on the case writes a line here, from the making of the case on.'
        ) : (
          <Button onPress={() => turn(1)}>From its beginning</Button>
        )}
      </EmptyPlace>
    );
  }
  return (
    <div className="log">
      <div className="log-tools">
        <Chain check={data === null ? undefined : check} first={first} last={last} />
        <div className="tools-gap" />
        <nav className="log-pages" aria-label="Pages of the custody log">
          <Button isDisabled={first <= 1} onPress={() => turn(1)}>
            First
          </Button>
          <Button isDisabled={first <= 1} onPress={() => turn(Math.max(1, first - pageLines))}>
            Earlier
          </Button>
          <span className="number quiet">
            {groupedNumber(first)} to {groupedNumber(last)} of {groupedNumber(total)}
          </span>
          <Button isDisabled={last >= total} onPress={() => turn(first + pageLines)}>
            Later
          </Button>
          <Button isDisabled={last >= total} onPress={() => turn(lastPage)}>
            Last
          </Button>
        </nav>
      </div>
      <div className="log-scroll">
        <div className="log-head" aria-hidden="true">
          <span />
          <span className="number">Line</span>
          <span>When</span>
          <span className="log-who">Who</span>
          <span>What was done</span>
        </div>
        <ol ref={list} aria-label="Custody log" onKeyDown={onKeyDown}>
          {lines.map((line) => (
            <Line
              key={line.seq}
              line={line}
              open={open.has(line.seq)}
              onToggle={() =>
                setOpen((old) => {
                  const next = new Set(old);
                  if (!next.delete(line.seq)) next.add(line.seq);
                  return next;
                })
              }
            />
          ))}
        </ol>
      </div>
    </div>
  );
}
