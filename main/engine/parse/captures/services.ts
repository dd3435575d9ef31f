/**
 * Services that are told by the name and the port of a server. A port alone is believed only where nothing else was read.
 * Sources: RFC 7858 and 9250 (853), Firebase “Configure your network for FCM” (5228 to 5230 and its host names), Apple “Use Apple
 * products on enterprise networks” (5223), and for DNS over HTTPS, each name checked against at least one of them: curl's wiki “DNS over
 * HTTPS”, Chromium net/dns/public/doh_provider_entry.cc (for its own name of Cloudflare), AdGuard “Known DNS Providers”,
 * paulmillr/encrypted-dns (DNSPod). Left out: names under which a page for people is served too, such as one.one.one.one. IANA “Protocol Numbers”.
 */
const DNS_OVER_TLS = 853;
const httpsResolvers = new Set([
  'dns.google',
  'dns64.dns.google',
  'cloudflare-dns.com',
  'mozilla.cloudflare-dns.com',
  'chrome.cloudflare-dns.com',
  'security.cloudflare-dns.com',
  'family.cloudflare-dns.com',
  'dns.quad9.net',
  'dns9.quad9.net',
  'dns10.quad9.net',
  'dns11.quad9.net',
  'doh.opendns.com',
  'doh.familyshield.opendns.com',
  'dns.adguard-dns.com',
  'unfiltered.adguard-dns.com',
  'family.adguard-dns.com',
  'dns.nextdns.io',
  'dns.alidns.com',
  'doh.pub',
]);
const googlePush = /^(?:alt[1-8]-)?mtalk[0-9]?(?:-staging|-dev)?\.google\.com$/;
const applePush = /(?:^|[-.])courier(?:-sandbox)?\.push\.apple\.com$/;

const TCP = 6;

/** What is carried in these is not opened: the flow is that of the two ends of the tunnel. */
const wrapped: Readonly<Record<number, string>> = {
  4: 'IPv4 in IP',
  41: 'IPv6 in IP',
  47: 'GRE',
  50: 'IPsec (ESP)',
  115: 'L2TP',
};

function pushByName(host: string | null): string | null {
  if (host === null) return null;
  if (googlePush.test(host)) return 'FCM';
  return applePush.test(host) ? 'APNs' : null;
}

/** What an encrypted connection carries by the protocols that its client offers, the server's name and its port. */
export function encryptedService(
  by: 'TLS' | 'QUIC',
  alpn: readonly string[],
  host: string | null,
  serverPort: number,
): string {
  const plain = by === 'TLS' ? 'dot' : 'doq';
  if (alpn.some((one) => one === plain || one.startsWith(`${plain}-`)) || serverPort === DNS_OVER_TLS)
    return `DNS over ${by}`;
  if (host !== null && httpsResolvers.has(host)) return 'DNS over HTTPS';
  return pushByName(host) ?? (by === 'TLS' ? (pushByPort(serverPort) ?? by) : by);
}

function pushByPort(port: number): string | null {
  if (port >= 5228 && port <= 5230) return 'FCM';
  return port === 5223 ? 'APNs' : null;
}

/** What a connection is by its server's name and port, where nothing in it was recognised; null where they tell nothing. */
export function serviceBehind(
  protocol: number,
  serverPort: number,
  clientPort: number,
  host: string | null,
): string | null {
  const byName = pushByName(host);
  if (byName !== null) return byName;
  if (protocol !== TCP) return wrapped[protocol] ?? null;
  // Where the capture began in the middle, who was seen first may be the server.
  const service = byPort(serverPort) ?? byPort(clientPort);
  return service === null ? null : `${service}, by its port`;
}

const byPort = (port: number): string | null => pushByPort(port) ?? (port === DNS_OVER_TLS ? 'DNS over TLS' : null);
