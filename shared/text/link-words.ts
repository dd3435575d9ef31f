const links: Readonly<Record<number, string>> = {
  0: 'null (BSD loopback)',
  1: 'Ethernet',
  9: 'PPP',
  12: 'raw IP',
  14: 'raw IP',
  50: 'PPP over HDLC',
  51: 'PPPoE',
  101: 'raw IP',
  105: 'Wi-Fi (802.11)',
  108: 'loop (OpenBSD)',
  113: 'Linux cooked v1',
  127: 'Wi-Fi with radiotap',
  228: 'raw IPv4',
  229: 'raw IPv6',
  276: 'Linux cooked v2',
};

/** A link type of tcpdump.org in words; one that is not in the list by its number. */
export function linkWords(link: number): string {
  return links[link] ?? `link type ${link}`;
}
