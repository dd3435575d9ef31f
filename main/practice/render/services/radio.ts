import { hashOf } from '../../world/random.ts';
import { HOUR_US, localText } from '../../world/time.ts';
import type { World } from '../../world/world.ts';

/** `dumpsys wifi`: on or off, the network of the moment, and those of the last day in their order. */
export function wifiText(world: World): string {
  const at = world.life.networkAt(world.nowUs);
  const joined: string[] = [];
  let last: string | null = null;
  for (let us = world.nowUs - 24 * HOUR_US; us <= world.nowUs; us += HOUR_US / 4) {
    const ssid = world.life.networkAt(us)?.ssid ?? null;
    if (ssid !== null && ssid !== last && us >= world.bootUs)
      joined.push(
        ` rec[${joined.length}]: time=${localText(world.wallUs(us), world.home.zone).slice(5)}.000 processed=ConnectModeState org=DisconnectedState dest=ObtainingIpState what=NETWORK_CONNECTION_EVENT "${ssid}"`,
      );
    last = ssid;
  }
  return [
    'Wi-Fi is enabled',
    'Verbose logging is off',
    'Stay-awake conditions: 0',
    '',
    `mWifiInfo SSID: ${at?.ssid ? (world.sdk >= 31 ? `"${at.ssid}"` : at.ssid) : '<unknown ssid>'}, BSSID: ${at?.ssid ? '02:00:5e:10:00:01' : '<none>'}, RSSI: ${at?.ssid ? -53 : -127}, Link speed: ${at?.ssid ? 433 : -1}Mbps`,
    '',
    'WifiClientModeImpl:',
    ` total records=${joined.length}`,
    ...joined,
    '',
  ].join('\n');
}

/** `dumpsys telephony.registry`: the operator and whether the phone roams. Places and numbers are nobody's. */
export function telephonyText(world: World): string {
  const trip = world.life.day(world.life.dayOf(world.nowUs)).trip === 'abroad';
  const { operator } = trip ? world.home.abroad : world.home;
  const level = 1 + (hashOf(world.options.seed, 'signal') % 4);
  return [
    'last known state:',
    ...(world.sdk >= 22 ? ['  Phone Id=0'] : []),
    '    mCallState=0',
    '    mCallIncomingNumber=',
    `    mServiceState={mVoiceRegState=0(IN_SERVICE), mDataRegState=0(IN_SERVICE), mOperatorAlphaLong=${operator}, roaming=${trip}}`,
    `    mSignalStrength=SignalStrength: level=${level}`,
    '    mMessageWaiting=false',
    '    mCallForwarding=false',
    '    mDataActivity=0',
    '    mDataConnectionState=2',
    '    mCellLocation=Bundle[{cid=-1, lac=-1, psc=-1}]',
    '',
  ].join('\n');
}
