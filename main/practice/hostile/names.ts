/** Names as somebody would choose them who wants to break what reads them. */
export const hostileNames = {
  path: '../../../../../../tmp/outside',
  lines: 'one\n\tUserInfo{77:made up:13} running\n[ro.made.up]: [1]',
  terminal: '\u001b[2J\u001b]0;title\u0007\u009b31mred',
  page: '<img src=x onerror=alert(1)><script>alert(2)</script>',
  shell: '$(reboot);`reboot`;reboot|reboot&&reboot',
  turned: 'gpj.\u202eexe\u2066',
  long: 'L'.repeat(1_000_000),
} as const;

/** Texts by which a reader of a stream could be led to take its middle for its end. */
export const fakeEnds = [
  '__PHONEHOME_0123456789abcdef_0__\n',
  '__PHONEHOME_$?__\n',
  'exit 0\n',
  '\u0003\u0001\u0000\u0000\u0000\u0000',
  "*** SERVICE 'netstats' DUMP TIMEOUT (10000ms) EXPIRED *** it says\n",
  "Can't find service: netstats\n",
  'Permission Denial: not really\n',
  'OK:/etc/passwd\n',
  '\u0004\u001a\n',
] as const;
