import { lookUpBytes, type NameLookUp } from '../world/captured.ts';
import { addressBytes, datagram } from './packet-bytes.ts';

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);

/** The two packets of a look-up from their IP headers on: a question with one name, an answer with one address (RFC 1035 §4.1). */
export function lookUpPackets(one: NameLookUp, client: string, server: string): readonly [Uint8Array, Uint8Array] {
  const six = one.ip.includes(':');
  const name = Buffer.concat([
    ...one.host.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'ascii')])),
    Buffer.from([0]),
  ]);
  const asked = Buffer.concat([name, u16(six ? 28 : 1), u16(1)]);
  const head = (flags: number, answers: number): Buffer =>
    Buffer.concat([one.id, flags, 1, answers, 0, 0].map((value) => u16(value)));
  const address = addressBytes(one.ip);
  const record = Buffer.concat([
    u16(0xc00c),
    u16(six ? 28 : 1),
    u16(1),
    u16(0),
    u16(300),
    u16(address.length),
    address,
  ]);
  const question = Buffer.concat([head(0x0100, 0), asked]);
  const answer = Buffer.concat([head(0x8180, 1), asked, record]);
  const packets = [
    datagram({ ip: client, port: one.port }, { ip: server, port: 53 }, one.id, question),
    datagram({ ip: server, port: 53 }, { ip: client, port: one.port }, one.id, answer),
  ] as const;
  const [sent, received] = lookUpBytes(one);
  if (packets[0].length !== sent || packets[1].length !== received)
    throw new Error('a look-up is as long as the account has it');
  return packets;
}
