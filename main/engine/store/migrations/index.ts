import { initial, indexes as initialIndexes } from './0010-initial.ts';
import { contactIndexes, contacts, contactsForReader } from './0020-contacts.ts';
import { apkSigners, apkSignersForReader } from './0030-apk-signers.ts';
import { continues, continuesForReader } from './0040-continues.ts';
import { captureIndexes, captures, capturesForReader } from './0050-captures.ts';
import { joins, joinsForReader } from './0060-joins.ts';
import { destinations, destinationsForReader } from './0070-destinations.ts';
import { flowNetworks, flowNetworksForReader } from './0080-flow-networks.ts';
import { phoneState, phoneStateForReader, phoneStateIndexes } from './0090-phone-state.ts';
import { noDestination } from './0100-no-destination.ts';
import { rollups, rollupsForReader } from './0110-rollups.ts';
import { firstPicture, firstPictureForReader } from './0120-first-picture.ts';
import { rollupColumns, rollupColumnsForReader } from './0130-rollup-columns.ts';
import { triedTiles } from './0140-tried-tiles.ts';
import { narrowTiles, narrowTilesForReader } from './0150-narrow-tiles.ts';

interface Step {
  readonly version: number;
  readonly statements: readonly string[];
  /** What a reader of a case file that lacks the step, and may not be changed, puts in its place, in memory. */
  readonly forReader: readonly string[];
}

/** Steps in order; the number is what `PRAGMA user_version` says after the step. Gaps of ten leave room. */
export const migrations: readonly Step[] = [
  { version: 10, statements: initial, forReader: [] },
  { version: 20, statements: contacts, forReader: contactsForReader },
  { version: 30, statements: apkSigners, forReader: apkSignersForReader },
  { version: 40, statements: continues, forReader: continuesForReader },
  { version: 50, statements: captures, forReader: capturesForReader },
  { version: 60, statements: joins, forReader: joinsForReader },
  { version: 70, statements: destinations, forReader: destinationsForReader },
  { version: 80, statements: flowNetworks, forReader: flowNetworksForReader },
  { version: 90, statements: phoneState, forReader: phoneStateForReader },
  { version: 100, statements: noDestination, forReader: [] },
  { version: 110, statements: rollups, forReader: rollupsForReader },
  { version: 120, statements: firstPicture, forReader: firstPictureForReader },
  { version: 130, statements: rollupColumns, forReader: rollupColumnsForReader },
  { version: 140, statements: triedTiles, forReader: [] },
  { version: 150, statements: narrowTiles, forReader: narrowTilesForReader },
];

/** Built after loading. */
export const indexes: readonly string[] = [
  ...initialIndexes,
  ...contactIndexes,
  ...captureIndexes,
  ...phoneStateIndexes,
];

/** The newest shape that this program knows. A case with a higher number was made by a newer program. */
export const schemaVersion = migrations.at(-1)?.version ?? 0;
