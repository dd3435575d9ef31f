import type { z } from 'zod';
import { Failure, toFailureView } from '../../shared/base/failure.ts';
import type { ContractShape, Handlers, Reply, Request } from '../../shared/contract/derive.ts';

export interface ServeOptions {
  /** Also hold every answer against its schema. Tests do; a run does not pay for it. */
  readonly checkResults?: boolean;
}

/** The server end of a contract: takes a request off any wire and answers it. Never rejects. */
export interface ContractServer {
  handle(request: Request): Promise<Reply>;
}

type AnyHandler = (args: unknown) => Promise<unknown>;

/**
 * Derives the server end of a contract from its handlers. Arguments are checked here, so that no handler sees a value
 * that its schema does not allow; what does not fit is refused with Failure `wrong-use` that names the field.
 */
export function serve<C extends ContractShape>(
  contract: C,
  handlers: Handlers<C>,
  options: ServeOptions = {},
): ContractServer {
  const table = handlers as unknown as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>;

  async function answer(request: Request): Promise<unknown> {
    const { group, name } = request;
    const member = ownMember(ownMember(contract, group), name);
    if (member?.is !== 'call') {
      throw new Failure('wrong-use', `The program knows no call named ${quote(group)}.${quote(name)}.`);
    }
    const args = member.args.safeParse(request.args ?? null);
    if (!args.success) throw new Failure('wrong-use', `${group}.${name}: ${firstIssue(args.error)}`);
    const handler = table[group]?.[name];
    if (!handler) throw new Error(`${group}.${name} has no handler`);
    const value = await handler(args.data);
    if (!options.checkResults) return value;
    const checked = member.result.safeParse(value);
    if (!checked.success) throw new Error(`${group}.${name} answered against its schema: ${firstIssue(checked.error)}`);
    return value;
  }

  return {
    async handle(request) {
      try {
        return { id: request.id, ok: true, value: (await answer(request)) ?? null };
      } catch (thrown) {
        return { id: request.id, ok: false, error: toFailureView(thrown) };
      }
    },
  };
}

/** Whether a value that came off a wire has the form of a request; what it asks for is checked by `handle`. */
export function isRequest(value: unknown): value is Request {
  if (typeof value !== 'object' || value === null) return false;
  const { id, group, name } = value as Record<string, unknown>;
  return typeof id === 'number' && Number.isSafeInteger(id) && typeof group === 'string' && typeof name === 'string';
}

/** Only members of the object itself: `constructor` and its like are no groups. */
function ownMember<T>(of: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return of !== undefined && Object.hasOwn(of, key) ? of[key] : undefined;
}

/** `paths[2]: …` from the first thing that zod found. */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'the value does not fit';
  const field = issue.path.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    '',
  );
  return `${field === '' ? 'the argument' : field}: ${issue.message}`;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
