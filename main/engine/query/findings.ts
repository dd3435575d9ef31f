import type { CitedEventView, FindingDecision, FindingView } from '../../../shared/types/finding.ts';
import {
  type FindingMarks,
  noMarks,
  type OwnFinding,
  ownKey,
  type RuleDecision,
  ruleKey,
} from '../model/finding-mark.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import { findCited, saysTheSame } from './cited-rows.ts';

interface ProposedRow {
  readonly id: number;
  readonly rule: string;
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly limits: string;
  readonly events: string;
  readonly app: string | null;
}

const notOwn = { made: null, changed: null, window: null, totals: null, cited: [], picture: null };

/** What stands beside every finding that the examiner wrote. */
const ownLimits =
  'The examiner’s own words. The figures are those that the phone and captures counted in the stretch; an interval that reaches beyond its edge counts whole. A count of bytes says nothing of their content.';

function decisionOf({ state, at, who, reason }: RuleDecision, outdated: boolean): FindingDecision {
  return { state, at, who, reason, outdated };
}

function proposed(row: ProposedRow, marks: FindingMarks): FindingView {
  const { id, events, ...said } = row;
  const key = ruleKey(row.rule, row.key);
  const decision = marks.decisions.get(key);
  const outdated = decision !== undefined && (decision.title !== row.title || decision.text !== row.text);
  return {
    ...said,
    ...notOwn,
    id: `f${id}`,
    key,
    state: decision && !outdated ? decision.state : 'open',
    events: JSON.parse(events) as string[],
    decision: decision ? decisionOf(decision, outdated) : null,
    note:
      outdated && decision.state !== 'open'
        ? `It was ${decision.state} for what it said then: “${decision.title}. ${decision.text}” The rule says something else of the case as it is now, so it is open again.`
        : null,
    lines: [...(decision?.lines ?? [])],
  };
}

/** A proposal that was decided of and that the rule no longer makes. It is not deleted. */
function noLonger(decision: RuleDecision, at: number): FindingView {
  const { rule, key, title, text, limits, app, state } = decision;
  return {
    ...notOwn,
    id: `f-${at + 1}`,
    key: ruleKey(rule, key),
    rule,
    title,
    text,
    limits,
    state,
    events: [],
    app,
    decision: decisionOf(decision, false),
    note: 'The rule does not propose this of the case as it is now. It stands here in the words that were decided of.',
    lines: [...decision.lines],
  };
}

function noteOf(cited: readonly CitedEventView[]): string | null {
  const lost = cited.filter((one) => one.id === null).length;
  const other = cited.filter((one) => one.id !== null && !one.same).length;
  const events = (n: number) => (n === 1 ? 'One cited event' : `${n} cited events`);
  const said = [
    ...(lost > 0 ? [`${events(lost)} cannot be found at the place in the evidence that was cited.`] : []),
    ...(other > 0
      ? [`${events(other)} ${other === 1 ? 'says' : 'say'} something else now than when it was cited.`]
      : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}

function own(finding: OwnFinding, cited: readonly CitedEventView[]): FindingView {
  const { number, title, text, window, totals, picture, made, changed, decision, lines } = finding;
  return {
    id: ownKey(number),
    key: ownKey(number),
    rule: null,
    title,
    text,
    limits: ownLimits,
    state: decision?.state ?? 'accepted',
    events: cited.flatMap(({ id }) => id ?? []),
    app: null,
    decision: decision && { ...decision, outdated: false },
    note: noteOf(cited),
    made,
    changed,
    window,
    totals,
    cited: [...cited],
    picture,
    lines: [...lines],
  };
}

/** In the examiner's order; what is not in it comes after, one's own before proposals. */
function ordered(findings: readonly FindingView[], order: readonly string[]): FindingView[] {
  const places = new Map(order.map((key, at) => [key, at]));
  const placeOf = ({ key }: FindingView) => places.get(key) ?? order.length;
  return [...findings].sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Every finding: the examiner's own by the custody log, with cited events found again at their places, and what the rules propose with
 * what was decided of it. In the examiner's order.
 */
export async function findingList(read: ReadCase, marks: FindingMarks = noMarks): Promise<FindingView[]> {
  const rows = await read.all<ProposedRow>(
    `SELECT f.id, f.rule, f.key, f.title, f.text, f.limits, f.events, a.name app
     FROM finding f LEFT JOIN app a ON a.uid = f.uid WHERE f.rule IS NOT NULL ORDER BY f.id`,
  );
  const proposals = rows.map((row) => proposed(row, marks));
  const known = new Set(proposals.map(({ key }) => key));
  const gone = [...marks.decisions]
    .filter(([key]) => !known.has(key))
    .map(([, decision], at) => noLonger(decision, at));
  const mine: FindingView[] = [];
  // All at once: a question for each would be asked as often as there are findings.
  const citations = marks.own.flatMap((one) => one.cited);
  const found = await findCited(read, citations);
  let at = 0;
  for (const finding of marks.own) {
    const cited = finding.cited.map((one): CitedEventView => {
      const row = found[at] ?? null;
      at += 1;
      return { ...one, id: row?.id ?? null, same: row !== null && saysTheSame(row, one) };
    });
    mine.push(own(finding, cited));
  }
  return ordered([...mine, ...proposals, ...gone], marks.order);
}
