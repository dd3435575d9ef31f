/**
 * What may follow `dumpsys SERVICE` without changing the phone. Sources: the dump() methods of the services in AOSP,
 * Android 5 to 16. A service with an empty list may be dumped without arguments only.
 */
const services: Readonly<Record<string, readonly RegExp[]>> = {
  netstats: [/^(--)?full$/, /^--(uid|tag|checkin|proto|bpfRawMap|cookieTagMap)$/, /^detail$/, /^--duration=\d{1,12}$/],
  package: [/^(packages|--checkin)$/, /^[A-Za-z]\w*(\.\w+)+$/],
  connectivity: [/^(networks|requests|trafficcontroller|--short)$/],
  usagestats: [/^-c$/, /^file$/, /^\d{1,5}$/, /^(daily|weekly|monthly|yearly)$/],
  batterystats: [/^-c$/],
  connmetrics: [/^list$/],
  dnsresolver: [/^querylog$/],
  netd: [/^(trafficcontroller|tcp_socket_info)$/],
  netpolicy: [],
  network_management: [],
  network_stack: [],
  appops: [],
  jobscheduler: [],
  alarm: [],
  wifi: [],
  user: [],
  time_detector: [],
  isub: [],
  'telephony.registry': [],
};

/** Arguments that are known to change something, with what they do. */
const changes: readonly { readonly service: string; readonly pattern: RegExp; readonly does: string }[] = [
  { service: 'netstats', pattern: /^(--)?poll$/, does: 'it makes the phone count anew and rewrite its history files' },
  { service: 'usagestats', pattern: /^--checkin$/, does: 'it marks the phone’s usage files as read' },
  { service: 'usagestats', pattern: /^flush$/, does: 'it makes the phone write its usage files' },
  { service: 'batterystats', pattern: /^--checkin$/, does: 'it deletes the phone’s saved battery record' },
  {
    service: 'batterystats',
    pattern: /^(--(reset|write|new-daily|read-daily|reset-all|settings)|enable|disable)$/,
    does: 'it changes the phone’s battery record',
  },
  { service: 'connmetrics', pattern: /^flush$/, does: 'it empties the phone’s connection metrics' },
  { service: 'netpolicy', pattern: /^--unsnooze$/, does: 'it changes the phone’s network policy' },
  { service: 'connectivity', pattern: /^--diag$/, does: 'it makes the phone send packets into the network' },
  { service: 'package', pattern: /^write$/, does: 'it makes the phone write its package files' },
];

/** The rule for `dumpsys [-t SECONDS] SERVICE …`. A dump of all services is refused: no list could vouch for it. */
export function dumpsysRefusal(args: readonly string[]): string | null {
  if (args.length === 1 && args[0] === '-l') return null;
  const rest = args[0] === '-t' && /^\d{1,4}$/.test(args[1] ?? '') ? args.slice(2) : args;
  const [service = '', ...words] = rest;
  if (service === '') return 'a dump of all services at once is not let through';
  const patterns = Object.hasOwn(services, service) ? services[service] : undefined;
  if (!patterns) return `“dumpsys ${service}” is not on the list of commands that only read`;
  for (const word of words) {
    const change = changes.find((entry) => entry.service === service && entry.pattern.test(word));
    if (change) return change.does;
    if (!patterns.some((pattern) => pattern.test(word))) {
      return `“dumpsys ${service} ${word}” is not on the list of commands that only read`;
    }
  }
  return null;
}
