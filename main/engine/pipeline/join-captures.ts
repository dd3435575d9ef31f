import type { SqlValue, WriteCase } from '../ports/case-handle.ts';
import { askedTimes, type CaptureClock, captureClock } from './joins/capture-clock.ts';
import { type CaptureFacts, captureFacts } from './joins/capture-facts.ts';
import { namesByLookUp, namesBySocket } from './joins/contact-names.ts';
import { networksByHistory } from './joins/flow-networks.ts';
import { ownersByHistory } from './joins/history-owners.ts';
import { metPairs, type Owner, ownersBySocket } from './joins/owners.ts';
import { dropSecondCopies } from './joins/same-capture.ts';
import { dropSockets, laySockets, pairsOf } from './joins/same-connection.ts';

const THROUGH_VPN =
  'This capture was made through a VPN on the phone. While it ran, the phone’s own history may count what went through it with the VPN’s app, and some of it twice.';
const OTHER_PHONE =
  'Most apps that this capture names have other names on the phone of this case: it may be of another phone.';
const SECOND_COPY = 'This capture is byte for byte the same as in ';

/**
 * Says it once with the capture. The number of the warning is below all those of batches and follows from the capture alone: so what
 * comes later is numbered alike, however often the join is made anew.
 */
async function warn(
  write: WriteCase,
  { id, evidence }: Pick<CaptureFacts, 'id' | 'evidence'>,
  reason: string,
): Promise<void> {
  await write.run(
    `INSERT INTO warning (id, evidence, section, line, offset, text, reason) VALUES (?, ?, 'packet capture', NULL, NULL, NULL, ?)`,
    [-4 * id - (reason === THROUGH_VPN ? 0 : reason === OTHER_PHONE ? 1 : 2), evidence, reason],
  );
}

const OWNER_COLUMNS = ['id', 'contact', 'uid', 'how', 'confidence', 'why'];

async function storeOwners(write: WriteCase, owners: readonly Owner[], after: number): Promise<void> {
  await write.load(
    'flow_app',
    OWNER_COLUMNS,
    owners.map(({ contact, uid, how, confidence, why }, at): SqlValue[] => [
      after + at + 1,
      contact,
      uid,
      how,
      confidence,
      why,
    ]),
  );
}

async function storeCaptures(
  write: WriteCase,
  captures: readonly CaptureFacts[],
  clocks: ReadonlyMap<number, CaptureClock>,
): Promise<void> {
  await write.load(
    'capture',
    [
      'id',
      'from_us',
      'to_us',
      'made',
      'offset_us',
      'error_us',
      'clock',
      'compared',
      'agreeing',
      'apps_same',
      'apps_other',
    ],
    captures.map((one): SqlValue[] => {
      const clock = clocks.get(one.id)!;
      return [
        one.id,
        one.fromUs,
        one.toUs,
        one.made,
        clock.offsetUs,
        clock.errorUs,
        clock.how,
        clock.compared,
        clock.agreeing,
        one.appsSame,
        one.appsOther,
      ];
    }),
  );
}

/**
 * Holds the captures of the case against what the phone itself told: whose clock stood how, whose the flows are, and which names
 * go with connections that were seen live. Everything is written anew beside the rows that it is about; none of
 * those is changed. Without a capture nothing is done.
 */
export async function joinCaptures(write: WriteCase): Promise<void> {
  const copies = await dropSecondCopies(write);
  const captures = (await captureFacts(write)).filter(({ id }) => copies.every((copy) => copy.id !== id));
  const held = await write.get(`SELECT 1 FROM capture LIMIT 1`);
  if (captures.length === 0 && !held) return;
  for (const table of ['capture', 'flow_app', 'contact_name', 'flow_network']) await write.run(`DELETE FROM ${table}`);
  await write.run(`DELETE FROM warning WHERE reason IN (?, ?) OR substr(reason, 1, ?) = ?`, [
    THROUGH_VPN,
    OTHER_PHONE,
    SECOND_COPY.length,
    SECOND_COPY,
  ]);
  for (const copy of copies)
    await warn(write, copy, `${SECOND_COPY}${copy.first}: its contacts and look-ups stand there, once.`);
  const ownAddresses = await laySockets(write);
  const pairs = ownAddresses.size === 0 ? [] : await pairsOf(write);
  const bySection = Map.groupBy(pairs, ({ section }) => section);
  const asked = Map.groupBy(await askedTimes(write), ({ section }) => section);
  const clocks = new Map(
    captures.map((one) => [
      one.id,
      captureClock(one, bySection.get(one.id) ?? [], asked.get(one.id) ?? [], ownAddresses),
    ]),
  );
  await storeCaptures(write, captures, clocks);
  const met = metPairs(pairs, clocks);
  const owners = ownersBySocket(met, clocks);
  await storeOwners(write, owners, 0);
  let stored = owners.length;
  for (const one of captures) {
    const byHistory = await ownersByHistory(write, one, clocks.get(one.id)!, ownAddresses);
    await storeOwners(write, byHistory, stored);
    stored += byHistory.length;
    await networksByHistory(write, one, clocks.get(one.id)!, ownAddresses);
    if (one.made === 'pcapdroid vpn') await warn(write, one, THROUGH_VPN);
    if (one.appsOther > one.appsSame) await warn(write, one, OTHER_PHONE);
  }
  const certain = namesBySocket(met);
  const named = new Set(certain.map(({ contact }) => contact));
  const likely = await namesByLookUp(write, captures, clocks, ownAddresses, named);
  await write.load(
    'contact_name',
    ['id', 'contact', 'host', 'how', 'confidence', 'why'],
    [...certain, ...likely].map(({ contact, host, how, confidence, why }, at): SqlValue[] => [
      at + 1,
      contact,
      host,
      how,
      confidence,
      why,
    ]),
  );
  await dropSockets(write);
}
