import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { checkout } from '../../main/host/checkout.ts';
import { buildSampleCase } from '../../main/host/sample-case.ts';
import { destinationGroups } from '../../shared/types/destination.ts';
import type { EventFilter } from '../../shared/types/event.ts';
import { type LaneBy, laneKeys } from '../../shared/types/timeline.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const forever = { fromUs: 0, toUs: 4e15 };

/** What the screen adds up to under a filter. */
async function onScreen(open: OpenCase, filter: EventFilter, by: LaneBy) {
  const view = await open.window({ by, ...forever, buckets: 1000, filter });
  const contacts = view.lanes.flatMap((lane) => lane.contacts?.count ?? []).reduce((sum, one) => sum + one, 0);
  return { sent: view.sent, received: view.received, contacts };
}

/** The same of the list of events. A filter by direction leaves the other way out of the drawing. */
async function inList(open: OpenCase, filter: EventFilter) {
  const sum = { sent: 0, received: 0, contacts: 0 };
  for await (const batch of open.eventStream({ ...filter })) {
    for (const event of batch) {
      if (event.kind === 'contact') sum.contacts += 1;
      if (event.kind !== 'volume' || !event.counted) continue;
      if (filter.direction !== 'received') sum.sent += event.sent ?? 0;
      if (filter.direction !== 'sent') sum.received += event.received ?? 0;
    }
  }
  return sum;
}

describe('filters of the sample case', () => {
  let open: OpenCase;
  beforeAll(async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'Sample.phonehome');
    await buildSampleCase(path, { version: 'test', resources: checkout.resources }, work());
    open = await testEngine().openCase(path);
    return async () => {
      await open.close();
      await folder[Symbol.asyncDispose]();
    };
  });

  const filters: Readonly<Record<string, EventFilter>> = {
    none: {},
    text: { text: 'xiaomi' },
    app: { app: 'com.miui.cloudservice' },
    sent: { direction: 'sent' },
    received: { direction: 'received' },
    background: { backgroundOnly: true },
    country: { country: 'SG' },
    'state of either': { state: 'US' },
    'state of the owner': { state: 'CN', whose: 'owner' },
    'state of the operator': { state: 'US', whose: 'operator' },
    'state as rows go': { state: 'CN', whose: 'first' },
    organisation: { organisation: 'xiaomi' },
    service: { service: 'xiaomi-mi-cloud' },
    optional: { optionalOnly: true },
    bytes: { minBytes: 100_000 },
    network: { network: 'wifi' },
    two: { optionalOnly: true, direction: 'sent', minBytes: 1000 },
  };

  it.each(Object.entries(filters))('sums on the screen are those of the events: %s', async (_, filter) => {
    const listed = await inList(open, filter);
    expect(listed.sent + listed.received + listed.contacts).toBeGreaterThan(0);
    for (const by of laneKeys) expect(await onScreen(open, filter, by), by).toEqual(listed);
  });

  it('a row of destinations and the filter by it hold the same contacts', async () => {
    const fields = {
      country: 'country',
      state: 'state',
      organisation: 'organisation',
      service: 'service',
      host: 'host',
      address: 'host',
    } as const;
    for (const by of destinationGroups) {
      for (const row of (await open.destinations(by, {})).rows) {
        if (row.key === null || row.key === 'inner') continue;
        const filter: EventFilter = { [fields[by]]: row.key, whose: 'first' };
        const { contacts } = await inList(open, { ...filter, kind: 'contact' });
        // The filter by a host takes the name servers that were asked for it too, that by an address its named contacts; its chip says so.
        if (by === 'host') expect(contacts).toBeGreaterThanOrEqual(row.contacts);
        else expect([by, row.key, contacts]).toEqual([by, row.key, row.contacts]);
      }
    }
  });

  it('owner, operator and either are told apart', async () => {
    const count = async (filter: EventFilter) => (await inList(open, { ...filter, kind: 'contact' })).contacts;
    const either = await count({ state: 'US' });
    const [owner, operator] = [
      await count({ state: 'US', whose: 'owner' }),
      await count({ state: 'US', whose: 'operator' }),
    ];
    const first = await count({ state: 'US', whose: 'first' });
    expect(either).toBeGreaterThan(first);
    expect(either).toBeGreaterThanOrEqual(Math.max(owner, operator));
    expect(either).toBeLessThanOrEqual(owner + operator);
    expect(first).toBeGreaterThanOrEqual(owner);
  });
});
