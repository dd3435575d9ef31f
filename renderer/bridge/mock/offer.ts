import type { PhoneLook } from '../../../shared/types/device.ts';

const download = '/storage/emulated/0/Download';
const apps: readonly [name: string | null, pack: string, system: boolean][] = [
  ['WhatsApp', 'com.whatsapp', false],
  ['Telegram', 'org.telegram.messenger', false],
  ['PCAPdroid', 'com.emanuelef.remote_capture', false],
  ['ShareMe', 'com.xiaomi.midrop', false],
  ['ВКонтакте', 'com.vkontakte.android', false],
  ['微信', 'com.tencent.mm', false],
  ['UC Browser', 'com.UCMobile.intl', false],
  ['Google Play services', 'com.google.android.gms', true],
  ['Xiaomi service framework', 'com.xiaomi.xmsf', true],
  ['Mi Cloud', 'com.miui.cloudservice', true],
  ['System app updater', 'com.xiaomi.discover', true],
  [null, 'com.miui.analytics', true],
  [null, 'com.miui.msa.global', true],
  [null, 'com.android.providers.telephony', true],
];
const more = Array.from({ length: 180 }, (_, n): readonly [null, string, boolean] => [
  null,
  `com.android.overlay.part${n + 1}`,
  true,
]);

/** What the made-up phone offers beyond the usual. */
export function mockOffer(serial: string | null, root: boolean): PhoneLook {
  return {
    serial: serial ?? '8f3a12bc',
    root: root
      ? { state: 'su', sentence: 'The phone has a superuser app, which allowed root for this computer.' }
      : { state: 'not asked', sentence: 'Root was not tried for.' },
    files: [
      {
        path: `${download}/PCAPdroid/PCAPdroid_19_Nov_08_14_22.pcap`,
        kind: 'capture',
        bytes: 41_233_900,
        modified: '2026-11-19T03:02:51.000000Z',
      },
      {
        path: `${download}/PCAPdroid/PCAPdroid_connections_19_Nov.csv`,
        kind: 'capture table',
        bytes: 184_220,
        modified: '2026-11-19T03:04:10.000000Z',
      },
      {
        path: `${download}/intrusion-logs-2026-11-17.zip`,
        kind: 'intrusion log',
        bytes: 2_918_004,
        modified: '2026-11-17T17:40:00.000000Z',
      },
      {
        path: '/data/user_de/0/com.android.shell/files/bugreports/bugreport-lavender-QKQ1.190910.002-2026-10-02-21-14-55.zip',
        kind: 'bugreport',
        bytes: 9_200_311,
        modified: '2026-10-02T15:46:30.000000Z',
      },
      { path: `${download}/снимок сети.pcapng`, kind: 'capture', bytes: null, modified: null },
    ],
    apps: [...apps, ...more].map(([name, pack, system]) => ({ package: pack, name, system })),
    notes: ['The folder of the second space (user 10) could not be looked into: its storage is locked.'],
  };
}
