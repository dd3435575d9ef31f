import type { z } from 'zod';
import type { FailureView } from '../base/failure.ts';

type Schema = z.ZodType;

/** One question and its answer. */
export interface Call<A extends Schema, R extends Schema> {
  readonly is: 'call';
  readonly args: A;
  readonly result: R;
}
/** News that the engine sends without being asked. */
export interface EventOf<P extends Schema> {
  readonly is: 'event';
  readonly payload: P;
}

/** Declares a question: the schemas of its arguments and of its answer. */
export function call<A extends Schema, R extends Schema>(args: A, result: R): Call<A, R> {
  return { is: 'call', args, result };
}
/** Declares news: the schema of what it carries. */
export function event<P extends Schema>(payload: P): EventOf<P> {
  return { is: 'event', payload };
}

type Member = Call<Schema, Schema> | EventOf<Schema>;
export type ContractShape = Readonly<Record<string, Readonly<Record<string, Member>>>>;

type CallsOf<G> = { [K in keyof G as G[K] extends { is: 'call' } ? K : never]: G[K] };
type EventsOf<G> = { [K in keyof G as G[K] extends { is: 'event' } ? K : never]: G[K] };

/** What the host implements: one function a call. */
export type Handlers<C extends ContractShape> = {
  readonly [G in keyof C]: {
    readonly [K in keyof CallsOf<C[G]>]: C[G][K] extends Call<infer A, infer R>
      ? (args: z.infer<A>) => Promise<z.infer<R>>
      : never;
  };
};

/** What a window holds: `client.group.call(args)` and `client.group.on.event(listener)`, which returns its own end. */
export type Client<C extends ContractShape> = {
  readonly [G in keyof C]: {
    readonly [K in keyof CallsOf<C[G]>]: C[G][K] extends Call<infer A, infer R>
      ? (args: z.infer<A>) => Promise<z.infer<R>>
      : never;
  } & {
    readonly on: {
      readonly [K in keyof EventsOf<C[G]>]: C[G][K] extends EventOf<infer P>
        ? (listener: (payload: z.infer<P>) => void) => () => void
        : never;
    };
  };
};

/** How the host sends news: `emit('tasks', 'changed', payload)`. */
export type Emit<C extends ContractShape> = <G extends keyof C & string, K extends keyof EventsOf<C[G]> & string>(
  group: G,
  name: K,
  payload: C[G][K] extends EventOf<infer P> ? z.infer<P> : never,
) => void;

/** The messages on any wire. */
export interface Request {
  readonly id: number;
  readonly group: string;
  readonly name: string;
  readonly args: unknown;
}
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: FailureView };
export interface News {
  readonly group: string;
  readonly name: string;
  readonly payload: unknown;
}

/** A wire as the client sees it: send a request, hear replies and news. */
export interface Wire {
  request(group: string, name: string, args: unknown): Promise<unknown>;
  listen(group: string, name: string, listener: (payload: unknown) => void): () => void;
}

/** Builds a client over any wire. */
export function createClient<C extends ContractShape>(shape: C, wire: Wire): Client<C> {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [group, members] of Object.entries(shape)) {
    const on: Record<string, unknown> = {};
    const made: Record<string, unknown> = { on };
    for (const [name, member] of Object.entries(members)) {
      if (member.is === 'call') made[name] = (args: unknown) => wire.request(group, name, args);
      else on[name] = (listener: (payload: unknown) => void) => wire.listen(group, name, listener);
    }
    client[group] = made;
  }
  return client as Client<C>;
}
