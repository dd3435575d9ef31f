const bracketed = /^\[[0-9a-f:.%a-z]+\]:(\d+)$/i;
const plain = /^[^\s:/[\]]+:(\d+)$/;

/** What is wrong with an address that a person typed from the phone, or null. Names are as good as numbers. */
export function addressFault(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return 'The phone shows it, with a port: 192.168.1.23:37123.';
  const port = (bracketed.exec(typed) ?? plain.exec(typed))?.[1];
  if (port === undefined) {
    return typed.includes(':') && !typed.endsWith(':')
      ? 'This is no address with a port.'
      : 'The port is missing: the figures after the colon.';
  }
  return Number(port) >= 1 && Number(port) <= 65_535 ? null : 'A port is between 1 and 65535.';
}

/** What is wrong with a pairing code, or null. Android shows six figures. */
export function codeFault(text: string): string | null {
  return /^\d{6}$/.test(text.trim()) ? null : 'Six figures, as the phone shows them.';
}

/** The address without its port: the phone keeps it, and shows another port for connecting. */
export function hostOf(address: string): string {
  return address.trim().replace(/:\d*$/, '');
}
