import type { ContractShape } from '../../../shared/contract/derive.ts';
import type { Violation } from '../tree.ts';

const law = 'contract';
const contractFile = 'shared/contract/contract.ts';

interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly options?: readonly unknown[];
  readonly items?: readonly unknown[];
  readonly rest?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly values?: readonly unknown[];
  readonly coerce?: boolean;
  readonly getter?: () => unknown;
}

function defOf(schema: unknown): Def | null {
  const def = (schema as { _zod?: { def?: Def } } | null | undefined)?._zod?.def;
  return def && typeof def.type === 'string' ? def : null;
}

const isJsonScalar = (value: unknown) =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/** Tells each place of a schema that JSON or structured clone would lose or change. */
export function jsonFaults(schema: unknown, place: string, inObject = false, seen = new Set<unknown>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = defOf(schema);
  if (!def) return [`${place} is not a zod schema`];
  const inner = (part: unknown, name: string) => jsonFaults(part, `${place}${name}`, false, seen);
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return def.coerce ? [`${place} is coerced, so that what arrives is not what was sent`] : [];
    case 'null':
    case 'enum':
    case 'template_literal':
      return [];
    case 'literal':
      return (def.values ?? []).every(isJsonScalar) ? [] : [`${place} is a literal that JSON cannot hold`];
    case 'object':
      return Object.entries(def.shape ?? {}).flatMap(([name, part]) =>
        jsonFaults(part, `${place}.${name}`, true, seen),
      );
    case 'array':
      return inner(def.element, '[]');
    case 'tuple':
      return [...(def.items ?? []), ...(def.rest ? [def.rest] : [])].flatMap((part, at) => inner(part, `[${at}]`));
    case 'record':
      return [...inner(def.keyType, '{key}'), ...inner(def.valueType, '{value}')];
    case 'union':
      return (def.options ?? []).flatMap((part, at) => inner(part, `|${at}`));
    case 'intersection':
      return [...inner(def.left, '&0'), ...inner(def.right, '&1')];
    case 'nullable':
    case 'readonly':
      return inner(def.innerType, '');
    case 'optional':
      return inObject ? inner(def.innerType, '') : [`${place} may be undefined, which JSON cannot hold`];
    case 'lazy':
      return def.getter ? inner(def.getter(), '') : [`${place} is lazy without a getter`];
    default:
      return [`${place} is of type ${def.type}, which does not survive JSON and structured clone`];
  }
}

/** Law 2: every member of the contract is data made of schemas that survive every wire. */
export function contractLaw(shape: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Violation[] {
  const faults: string[] = [];
  for (const [group, members] of Object.entries(shape)) {
    for (const [name, raw] of Object.entries(members)) {
      const member = raw as { is?: unknown; args?: unknown; result?: unknown; payload?: unknown };
      const place = `${group}.${name}`;
      if (member.is === 'call') {
        faults.push(...jsonFaults(member.args, `${place} args`), ...jsonFaults(member.result, `${place} result`));
      } else if (member.is === 'event') faults.push(...jsonFaults(member.payload, `${place} payload`));
      else faults.push(`${place} is neither a call nor an event`);
    }
  }
  return faults.map((message) => ({ law, path: contractFile, line: null, message }));
}

/** Law 2: the host answers exactly the contract's calls, no fewer and no more. */
export function handlersLaw(shape: ContractShape, table: Readonly<Record<string, unknown>>): Violation[] {
  const path = 'main/host/handlers/index.ts';
  const wanted = new Set<string>();
  for (const [group, members] of Object.entries(shape)) {
    for (const [name, member] of Object.entries(members)) if (member.is === 'call') wanted.add(`${group}.${name}`);
  }
  const found = new Set<string>();
  const faults: string[] = [];
  for (const [group, handlers] of Object.entries(table)) {
    if (!(group in shape)) faults.push(`serves the group ${group}, which the contract does not have`);
    for (const [name, handler] of Object.entries((handlers ?? {}) as Record<string, unknown>)) {
      if (typeof handler === 'function') found.add(`${group}.${name}`);
    }
  }
  for (const name of wanted) if (!found.has(name)) faults.push(`does not serve ${name}`);
  for (const name of found) if (!wanted.has(name)) faults.push(`serves ${name}, which is no call of the contract`);
  return faults.map((message) => ({ law, path, line: null, message }));
}
