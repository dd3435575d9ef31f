import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/**
 * The two primes of each RSA key with which the packages of simulated phones are signed, base64. They follow from their names and are
 * secret to nobody: they protect nothing, and no real app was ever signed with them.
 */
const primes: Readonly<Record<string, readonly [p: string, q: string]>> = {
  google: [
    '5qFzxVPv+cjzDi+HHJhWTK9q010AkbZWjItECBiL/qGQQWfZvbdVzeImEyNiTIOAUjqHtErtFCDtnEpKF/os7N7cEzbiWYS99OZg1TZnUt/nKnyZFoLr/yVKktdPCQtrZd5CM4ivguzvuFS8wR6H6MyvrR9JjZm8WDfo6DMR3S8=',
    '0dfBUpxLlihUXgXJsxueLiUq2WzBs6rnp4BvdiqMFLD70WZPZNfekMXEtN5KtoPvTqUC4lLsTYIQ1mBbYZhqQvyEqVtVgRUzPeYBCucW+N76q+ty/agun9ZpaMGotTIoITtYFghWjt1q3vVP0udbZhEs04k9FLxbinfX5sLJIW8=',
  ],
  xiaomi: [
    '7ZLaw4IJMNj9N2PiW0+XVpDsoHlX+Hu0WJW2xk2x7zObMb0IFmUmOfFNP/cjziyDk3CyucwVUTaKm0vYh8on6Ipd2iQQAT7mTgcatv6xUKPuiKgFhddKiXG5d/D/cyXqDmDTZN2u3wRCIqUKViglD9oO4xRUmfbADtbjfXLbV1U=',
    'xsRRYgZ5U0K0BUWc3ycaSRUwynlqX3X9DHk3mSnQ2zjoLwbjNsZGQHh1jc8lb2r9JRpC/bkjb0/JSQJn4Ki8TwqwG2Bp+h4hNdPjSIbsfB68KNRWJzn62ncalUW6RMbSDKhRvCvEnomCRDTu3LWaoR3amyq3gGQg/Q2/md3DKv0=',
  ],
  samsung: [
    '+NyKEvmILz2ddjOKEMxTzcPJ8Es8Vg0ibKWwUjOu7cDOlz1zb34ArYAlx1CGFhCyU76HOtZZmX84ISSsRD0HKmRqT02bGp+pesG3+gwDTAxLdRmWyoAXyqwhTUDtKfm2DzKUUfZyPt25FW3hCTFGqDroVfWZoM0/AgX2VNyG+L8=',
    'wHTm5R0XJjgNNDCAchj83ZtB1pqTWbRLaadPO3zWiqDtCmW349ZS9zSgTdz0oFP3LPvDDfPVoavZh8LAavTGrona7sb2aJugOKIXBg6vVkzKpqk7tXnuAWN11fa+1Av7ySqCKBu3csgrNJ/4AXHBrgJL8cIhQhHPVJuX6ZaMoxc=',
  ],
  aosp: [
    '6Jcg0xVx28wLXVQRQIzrK/tClcVtJwj64roRbRUgz5pYVuhROaPKfMbvVikoO9daTeWHtsVdt2heJ4Cd29bcU79bdnn4zfFTr2X4TqkxafrtIp9ASZzL9AOv5qIW0K11EEKGDQJXvMFudrE4brmFFdLitNoOjc1sRlLMMk8lFek=',
    'z5ZLL1hw/gOEjNo4dCZVvMJdJ7Jz8AA2n1U6t1A0DG/9aTradcNdNp/S5xqYllOGtd5t6VDE6LZOxJoMkblrGc/wB57hSQ+IO4gQf/LX20Syn69aJCsRfrKRwk3/Kdyftj6/WwZmyNbQQexSBcdL+0snOFg7hqpEb2yjAEQRZxc=',
  ],
  'developer 1': [
    '5oop/ibj5yCv4gGaQAM2SXjR3U1sob2YVlZFMlWnZGw7+2RN0tD6TB3QeaWTF5dm8YlDtc0ag8Gt40lBNWtdaIrGRGtKVyTo9kKI9yoeil0i+dSTowUDkU0OTJiSWgnxkCCr3JOOp9fWX3WdACau4XZ3LX6beB0KhXYKPTGaLE0=',
    '4Pzx02ZyeOcVSI3VQY05Md1kSUBpSO1AdyRsSALJ+O0onyaYJu7BqnJiWq0UhaP3yBI8qwlFqCxdXsSAt+Hu8hC5c2qGAKMluLReHkM/GRQmu0qmoPShdeJ2Bn8Eltmdm6/DDZzKeodlRddF2ljpg74de0zzUjwZH/le/v/aupc=',
  ],
  'developer 2': [
    '/lk1qaxps3EQY5AbztmWSfPMECivrxLPl0q5rIUX4oSowL0cSwD0hXimCfMw5iZHU25Ipoh3p4PvNgGlsqn/8mS4/kZBJuR9c1xHP/fEs+Oq5T7iuGWdci95OUudH9jpEqsiLow1/N8MGD0bNX3e7LMQ83eyFn7IAXqAeGa4XZk=',
    'wp53NcvGT55L/4LSZnvv+VqNRoWxv+7I4X6CU1/NJsOm8Ds8aGCnYeyeDmsBXrKSdUAChMV+caC/f1MyT9JjOeIZG0XxL3947w0TBYNFmN1NYC3DEA8YKSjfpqL31C7gqSH4bYxICYoc0mZ6r46EkEJ7tBnRtMpufs6JQLf2EX8=',
  ],
  'developer 3': [
    '8EZfcUgonzWhzw0J0eqdC7pK9WGq1HJV12ik5naqTKRnU8K5Y6g3lIjs7pOpPqfiINGXK2fqVwKJ122hblyhA1SHSPQR1FpZfxaCUGVMK1EddA6FlSKWQPm79STt+rDvSU3cKDzFfyC49ibSVV77GruzgJjm89i+F0fceEiLv0E=',
    '1i5Hapig4jzQBQkSlz7wCB6fLzSp5Iy/LLNK4K6lkktWwppjMuI/xffUu+pwP2ZTcomwZbWnTPMyJk8ojGKDBFqTwV6v9ihVtbzNCSu/i3AjtGzb8Uem5kop9NQY3WLs+S1IK/O05a24BPxpAysQ05aZquOv4btre0sEge/xgHk=',
  ],
  'developer 1 before': [
    '3IENEp3A1NhFmgxGmuKJqjbocZZ9YE7dG0vqlCmy7pc0deOVIvpG0R2aufFk//ZqvdJjz+CeOAK5bBibvPQ8zi7zN0ipTPHUHVwCwUMPzXnUz8+tueQfYkIjeCTWYZCktpb4YvvhnTMjjy9KJLfY+XpMd1gxRDMxGwLCLv8+pak=',
    '0AjG/BU0GiJnUxh1+4PcDM0p1Aqez+nVEfPAR5SgGR8X6F97mZEf4WKSwHgHU6JR2D09WlHHNJO7Z/WKleJvDH/HLopGgVei5zITuCOThfqysyK+bnQBYr8SmAkU656VJdKEee9YFRKxgJbTv9wtV8Pga1DI9O/LtzuDdDs9RK0=',
  ],
};

const exponent = 65_537n;

function inverse(of: bigint, modulus: bigint): bigint {
  let [a, b] = [of % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const times = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - times * y];
  }
  return x < 0n ? x + modulus : x;
}

const numberOf = (base64: string): bigint => BigInt(`0x${Buffer.from(base64, 'base64').toString('hex')}`);

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

export interface KeyPair {
  readonly own: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
}

const made = new Map<string, KeyPair>();

/** The key of that name. */
export function keyOf(name: keyof typeof primes): KeyPair {
  const known = made.get(name);
  if (known) return known;
  const [p, q] = primes[name]!.map(numberOf) as [bigint, bigint];
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const jwk = { kty: 'RSA', n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = Object.fromEntries(
    Object.entries(jwk).map(([field, value]) => [field, typeof value === 'bigint' ? base64url(value) : value]),
  );
  const own = createPrivateKey({ key, format: 'jwk' });
  const pair: KeyPair = { own, spki: createPublicKey(own).export({ type: 'spki', format: 'der' }) };
  made.set(name, pair);
  return pair;
}
