const words: Readonly<Record<string, string>> = {
  tls: 'the TLS greeting, where the client names it',
  quic: 'the QUIC greeting, where the client names it',
  http: 'the HTTP request, in the clear',
  dns: 'a question to this name server: the name asked for, not its own',
  dhcp: 'the device’s own name, as it told the network',
  push: 'the plain header of the push service',
  'look-up before': 'a look-up before, which answered with this address',
};

/** How the host of a contact is known, in words; what is not in the list stays as its source says it. */
export function hostFromWords(hostFrom: string): string {
  return words[hostFrom] ?? hostFrom;
}

/** Ways of knowing a name that is not the name of the other side: what a name server was asked for, how the phone calls itself. */
export const notThePeers: readonly string[] = ['dns', 'dhcp'];

/** The same as the values of an IN of SQL. */
export const notThePeersInSql = notThePeers.map((one) => `'${one}'`).join(', ');
