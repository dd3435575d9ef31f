import { type Ident, type NetworkSpec, typeName } from '../world/networks.ts';

/** Radio names that Android 9 and 10 print where they do not combine. */
const radioNames: Readonly<Record<number, string>> = { 3: 'UMTS', 13: 'LTE', 16: 'GSM', 20: 'NR' };

function radio(rat: number, sdk: number): string {
  if (rat === -1) return 'COMBINED';
  return sdk <= 29 ? (radioNames[rat] ?? String(rat)) : String(rat);
}

/** The first six digits, as dumps show a subscriber. */
function scrubbed(subscriber: string): string {
  return `${subscriber.slice(0, 6)}...`;
}

/** One network as NetworkIdentity.toString of that Android writes it (FORMATS 1.3). */
export function memberText(network: NetworkSpec, sdk: number): string {
  const parts = [`type=${sdk >= 31 ? network.type : typeName(network.type)}`];
  parts.push(`${sdk >= 33 ? 'ratType' : 'subType'}=${radio(network.rat, sdk)}`);
  if (network.subscriber !== null) parts.push(`subscriberId=${scrubbed(network.subscriber)}`);
  if (network.ssid !== null)
    parts.push(sdk >= 33 ? `wifiNetworkKey="${network.ssid}"${network.security ?? ''}` : `networkId="${network.ssid}"`);
  if (network.roaming) parts.push('ROAMING');
  if (sdk >= 24) parts.push(`metered=${network.metered}`);
  if (sdk >= 28) parts.push(`defaultNetwork=${network.defaultNetwork}`);
  if (sdk >= 31) parts.push('oemManaged=OEM_NONE');
  if (sdk >= 33) parts.push(`subId=${network.subId}`);
  if (sdk >= 36) parts.push(`transports={${network.transports.join(', ')}}`);
  return sdk === 21 ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

/** The whole set, as a Java set prints itself. Members that look alike in this version are one. */
export function identText(ident: Ident, sdk: number): string {
  return `[${[...new Set(ident.members.map((member) => memberText(member, sdk)))].join(', ')}]`;
}

function byText(a: string | null, b: string | null): number {
  return a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1;
}

/** The order in which dumps list series: by the first network of the set. */
export function compareIdents(a: Ident, b: Ident): number {
  const [x, y] = [a.members[0]!, b.members[0]!];
  return (
    x.type - y.type ||
    x.rat - y.rat ||
    byText(x.subscriber, y.subscriber) ||
    byText(x.ssid, y.ssid) ||
    Number(x.roaming) - Number(y.roaming) ||
    Number(x.metered) - Number(y.metered) ||
    Number(x.defaultNetwork) - Number(y.defaultNetwork) ||
    a.members.length - b.members.length ||
    byText(JSON.stringify(a.members), JSON.stringify(b.members))
  );
}
