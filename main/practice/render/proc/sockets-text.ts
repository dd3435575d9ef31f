import { type PracticeSocket, socketsAt } from '../../world/sockets.ts';
import type { World } from '../../world/world.ts';

const tcpHead = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const udpHead = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops`;
const sixHead =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
/** Rows of the IPv4 tables are padded to these widths. */
const widths = { tcp: 149, udp: 127 } as const;

const two = (n: number): string => n.toString(16).toUpperCase().padStart(2, '0');
const four = (n: number): string => n.toString(16).toUpperCase().padStart(4, '0');

/** An IPv4 word in the byte order of the processor: the last number first. */
function word(ip: string): string {
  return ip
    .split('.')
    .reverse()
    .map((part) => two(Number(part)))
    .join('');
}

/** In the tables of IPv6 an IPv4 address is written as a mapped one; each word of four bytes is turned round. */
function mapped(ip: string): string {
  if (!ip.includes(':')) return `0000000000000000FFFF0000${word(ip)}`;
  const [head = '', tail = ''] = ip.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':').map((part) => part.padStart(4, '0')));
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array(8 - first.length - last.length).fill('0000'), ...last].join('').toUpperCase();
  return all.replace(/(..)(..)(..)(..)/g, '$4$3$2$1');
}

const states: Readonly<Record<PracticeSocket['state'], number>> = { established: 1, closing: 6, listening: 10 };

function row(socket: PracticeSocket, index: number, six: boolean): string {
  const address = six ? mapped : word;
  const local = `${address(socket.local.ip)}:${four(socket.local.port)}`;
  const remote = `${address(socket.remote.ip)}:${four(socket.remote.port)}`;
  const closing = socket.state === 'closing';
  // A socket that waits to be forgotten has lost its owner: the kernel prints 0 for both.
  const uid = String(closing ? 0 : socket.uid).padStart(5);
  const inode = closing ? 0 : socket.inode;
  const timer = closing ? '03:000005A3' : '00:00000000';
  const slot = `${String(index).padStart(socket.protocol === 'udp' ? 5 : 4)}:`;
  const head = `${slot} ${local} ${remote} ${two(states[socket.state])} 00000000:00000000 ${timer} 00000000 ${uid}        0 ${inode}`;
  if (socket.protocol === 'udp') return `${head} 2 0000000000000000 0`;
  return closing ? `${head} 3 0000000000000000` : `${head} 1 0000000000000000 21 4 24 10 -1`;
}

/** `/proc/net/tcp`, `tcp6`, `udp`, `udp6` as the kernel prints them at that true time (FORMATS 3.1). */
export function socketTable(world: World, name: 'tcp' | 'tcp6' | 'udp' | 'udp6', atUs: number): string {
  const protocol = name.startsWith('tcp') ? 'tcp' : 'udp';
  const six = name.endsWith('6');
  const rows = socketsAt(world, atUs)
    .filter((socket) => socket.protocol === protocol && socket.dual === six)
    .map((socket, index) => row(socket, index, six));
  if (six) return `${[protocol === 'udp' ? `${sixHead} ref pointer drops` : sixHead, ...rows].join('\n')}\n`;
  const lines = [protocol === 'udp' ? udpHead : tcpHead, ...rows];
  return lines.map((line) => `${line.padEnd(widths[protocol])}\n`).join('');
}
