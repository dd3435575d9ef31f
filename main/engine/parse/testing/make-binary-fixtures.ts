/** Made the `.bin` fixtures of netstats-binary. Run it again after a change: `node main/engine/parse/testing/make-binary-fixtures.ts` */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anet, type WrittenSeries } from './anet-writer.ts';

const folder = join(import.meta.dirname, '../artifacts/netstats-binary/fixtures');
const write = (name: string, bytes: Buffer): void => writeFileSync(join(folder, `${name}.bin`), bytes);

const wifi = { type: 1, name: '"Teahouse"wpa2-psk', defaultNetwork: true, transports: 2n };
const mobile = {
  type: 0,
  rat: 13,
  subscriber: '404450000000001',
  metered: true,
  roaming: true,
  subId: 2,
  transports: 1n,
};
const vpn = { type: 17, name: '"Teahouse"wpa2-psk', oem: 3, transports: 18n };
const start = 1_700_006_400_000;
const series: WrittenSeries[] = [
  {
    identities: [wifi],
    uid: 10_142,
    set: 1,
    tag: 0,
    bucketMs: 7_200_000,
    buckets: [
      [start, 60_000, 4_000, 40, 9_007_199_254_740_991, 30, 1],
      [start + 7_200_000, 0, 0, 0, 52, 1, 0],
    ],
  },
  {
    identities: [mobile, vpn],
    uid: 1_010_142,
    set: 0,
    tag: 0,
    bucketMs: 7_200_000,
    buckets: [[start, 7_200_000, 1, 1, 128, 2, 0]],
  },
  { identities: [], uid: -5, set: 0, tag: 0, bucketMs: 7_200_000, buckets: [] },
  { identities: [wifi], uid: 10_142, set: 1001, tag: 0, bucketMs: 7_200_000, buckets: [[start, 1, 2, 3, 4, 5, 6]] },
];
const tagged = series.slice(0, 1).map((one) => ({ ...one, tag: -255 }));
const plain = anet(series);

for (const identity of [1, 2, 3, 4, 5, 6, 7, 8]) {
  write(`uid.1700000000000-1700600000000_identity-${identity}`, anet(series, { identity }));
}
write('uid.1700000000000-', plain);
write('uid_tag.1700000000000-1700600000000', anet(tagged));
write('xt.1700000000000-1700600000000', anet([{ ...series[0]!, uid: -1, set: -1 }]));
write('dev.1700000000000-1700600000000', anet([{ ...series[0]!, uid: -1, set: -1 }], { history: 2 }));
write('uid.1700000000000-1700600000000_history-1', anet(series, { history: 1 }));
write('nameless-tags', anet(tagged));
write('nameless-totals', anet([{ ...series[0]!, uid: -1, set: -1 }]));
write('netstats_uid.unknown-set', anet([{ ...series[0]!, set: 77 }]));
write('uid.cut', plain.subarray(0, plain.length - 20));
write('uid.trailing', Buffer.concat([plain, Buffer.from('junk')]));
write('uid.identity-9', anet(series, { identity: 9 }));
write('uid.history-4', anet(series.slice(0, 1), { history: 4 }));
write('uid.collection-4', anet(series, { collection: 4 }));
write('uid.collection-17', anet(series, { collection: 17 }));
write('bare-history', Buffer.from('000000010000000000003a980000000100000131462ab7f0', 'hex'));
write('uid.1700000000000-1700600000001', Buffer.from('not a collection'));
const huge = Buffer.from(plain);
huge.writeInt32BE(0x7fffffff, 8);
write('uid.huge-count', huge);
