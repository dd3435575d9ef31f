import type { Candidate, Reason } from '../../../../shared/types/explanation.ts';
import type { Asked, ExplainFacts } from '../../model/explain-facts.ts';
import type { ServiceSign } from '../service-signs.ts';
import { type ExplainBooks, fitsMaker, sourceWords } from './books.ts';

/** A sign as it was found: what was seen, in words; `present` null where nobody looked. */
interface Found {
  readonly present: boolean | null;
  readonly asked: Asked | null;
  readonly words: string;
  /** An event that shows it. */
  readonly event: string | null;
  /** What the sign says of the service; null: nothing. */
  readonly meaning: 'on' | 'off' | null;
}

export interface SignsRead {
  readonly on: Candidate['on'];
  readonly for: Reason[];
  readonly against: Reason[];
  /** Kinds of state that would tell, and that nobody asked for. */
  readonly unread: string[];
}

const users = (list: readonly (number | null)[]) => {
  const named = [...new Set(list)].filter((one) => one !== null).sort((a, b) => a - b);
  return named.length === 0 ? '' : ` (user ${named.join(', ')})`;
};

function found(sign: ServiceSign, facts: ExplainFacts): Found {
  const { accounts, packages, settings, sockets, syncs } = facts.state;
  const none = { present: null, asked: null, words: '', event: null, meaning: null } as const;
  const by = (present: boolean, asked: Asked, words: string, event: string | null = null): Found => ({
    present,
    asked,
    words,
    event,
    meaning: sign.kind === 'setting' ? null : present ? sign.present : sign.absent,
  });
  switch (sign.kind) {
    case 'account': {
      if (!accounts.asked) return none;
      const own = accounts.types.filter((one) => one.type === sign.type);
      return own.length > 0
        ? by(
            true,
            accounts.asked,
            `An account of the type ${sign.type} is on the phone${users(own.map((one) => one.user))}.`,
          )
        : by(false, accounts.asked, `No account of the type ${sign.type} is on the phone.`);
    }
    case 'package': {
      if (!packages.asked) return none;
      const own = packages.rows.get(sign.package);
      if (!own) return by(false, packages.asked, `${sign.package} is not installed.`);
      const inUse = own.filter((one) => one.installed !== false && one.enabled !== false);
      if (inUse.length > 0) return by(true, packages.asked, `${sign.package} is installed and enabled.`);
      const removed = own.every((one) => one.installed === false);
      return by(
        false,
        packages.asked,
        `${sign.package} is ${removed ? 'not installed' : 'switched off'} for every user.`,
      );
    }
    case 'socket': {
      if (!sockets.asked) return none;
      const uids = [...facts.apps.values()].filter(
        (app) => sign.package === null || app.packages.includes(sign.package),
      );
      const open = sockets.open.find(
        (one) => one.port === sign.port && (sign.package === null || uids.some((app) => app.uid === one.uid)),
      );
      const whose = sign.package === null ? '' : ` by the uid of ${sign.package}`;
      return open
        ? by(true, sockets.asked, `A connection to port ${sign.port} was held open${whose}.`, open.event)
        : by(false, sockets.asked, `No connection to port ${sign.port} was open${whose} when the phone was looked at.`);
    }
    case 'sync': {
      const rows = syncs.rows.filter((row) => row.accountType === sign.account && row.authority === sign.authority);
      if (!syncs.asked || rows.length === 0) return { ...none, asked: syncs.asked };
      const on = rows.filter(
        (row) => row.enabled && row.syncable !== 0 && (row.user === null || syncs.automatic[row.user] !== false),
      );
      if (on.length === 0) return by(false, syncs.asked, `${sign.authority} is not kept in step by itself.`);
      const last = on.map((row) => row.lastSuccess).find((one) => one !== null);
      return by(true, syncs.asked, `${sign.authority}${last ? ` (last done ${last}, phone’s own time)` : ''}`);
    }
    case 'setting': {
      const asked = settings.asked[sign.table];
      if (!asked) return none;
      const row = settings.rows.find((one) => one.table === sign.table && one.key === sign.key);
      const name = `${sign.table}/${sign.key}`;
      if (!row) return { ...by(false, asked, `The setting ${name} is not there.`), meaning: sign.unset };
      const meaning = sign.on.includes(row.value) ? 'on' : sign.off.includes(row.value) ? 'off' : null;
      return { ...by(true, asked, `The setting ${name} is ${row.value.slice(0, 40)}.`), meaning };
    }
  }
}

const kindWords: Readonly<Record<ServiceSign['kind'], string>> = {
  account: 'the accounts on the phone',
  package: 'the packages of the phone',
  socket: 'its open connections',
  sync: 'which data it keeps in step',
  setting: 'its settings',
};
const ranks = { high: 3, medium: 2, low: 1 } as const;
const day = 86_400_000_000;

/** When the phone was asked, and how far that lies behind the event. */
function askedWords(asked: Asked, atUs: number | null): string {
  const days = atUs === null ? 0 : Math.floor((Date.parse(asked.at) * 1000 - atUs) / day);
  const later = days >= 1 ? `, ${days} ${days === 1 ? 'day' : 'days'} after this event` : '';
  return `Asked ${asked.at.slice(0, 16).replace('T', ' ')} UTC${later}.`;
}

/**
 * Reads what the phone’s own state says of a service. One weak sign alone decides nothing; where signs of the same weight disagree, it is
 * not known. Each reason names the evidence that the state was read from.
 */
export function readSigns(signs: readonly ServiceSign[], facts: ExplainFacts, books: ExplainBooks): SignsRead {
  const read = signs
    .filter((sign) => fitsMaker(sign.onlyMakers, facts.state.maker))
    .map((sign) => ({ sign, found: found(sign, facts) }));
  const reasons = { on: [] as Reason[], off: [] as Reason[] };
  const strength = { on: 0, off: 0 };
  const synced = read.filter(({ sign, found: one }) => sign.kind === 'sync' && one.present && one.meaning === 'on');
  for (const { sign, found: one } of read) {
    if (one.present === null || one.asked === null) continue;
    const { meaning } = one;
    if (meaning) strength[meaning] = Math.max(strength[meaning], ranks[sign.confidence]);
    if (sign.kind === 'sync' && meaning === 'on') {
      if (sign !== synced[0]?.sign) continue;
      const what = synced.map((each) => each.found.words).join(', ');
      reasons.on.push(told(`The phone keeps in step by itself: ${what}.`, sign.why, one, sign, facts, books));
      continue;
    }
    // An account that is there is a condition of the service, also where it does not say that the service is on.
    if (meaning) reasons[meaning].push(told(one.words, sign.why, one, sign, facts, books));
    else if (sign.kind === 'account' && one.present)
      reasons.on.push(told(one.words, sign.why, one, sign, facts, books));
  }
  const on = strength.on >= 2 && strength.on > strength.off;
  const off = strength.off >= 2 && strength.off > strength.on;
  return {
    on: on ? 'on' : off ? 'off' : 'not known',
    for: reasons.on,
    against: reasons.off,
    unread: [...new Set(read.filter(({ found: one }) => one.asked === null).map(({ sign }) => kindWords[sign.kind]))],
  };
}

function told(
  words: string,
  why: string,
  one: Found,
  sign: ServiceSign,
  facts: ExplainFacts,
  books: ExplainBooks,
): Reason {
  return {
    text: `${words} ${why}${one.asked ? ` ${askedWords(one.asked, facts.atUs)}` : ''}`,
    evidence: one.event ?? one.asked?.evidence ?? null,
    source: sourceWords(books, sign.sources),
  };
}

/**
 * What the phone said when it was asked first, where that differs from what it said last: then the service was switched in between,
 * and what it sent before is explained by the earlier state.
 */
export function stateBefore(
  signs: readonly ServiceSign[],
  facts: ExplainFacts,
  books: ExplainBooks,
  now: Candidate['on'],
): { readonly for: Reason[]; readonly against: Reason[] } {
  const none = { for: [], against: [] };
  if (!facts.stateBefore) return none;
  const before = readSigns(signs, { ...facts, state: facts.stateBefore }, books);
  if (before.on === 'not known' || before.on === now) return none;
  const [reason] = before.on === 'on' ? before.for.toReversed() : before.against;
  if (!reason) return none;
  const told: Reason = { ...reason, text: `Earlier the phone’s state said that it was ${before.on}. ${reason.text}` };
  return before.on === 'on' ? { for: [told], against: [] } : { for: [], against: [told] };
}
