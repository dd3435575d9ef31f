import { resolve } from 'node:path';
import { Failure } from '../../../../shared/base/failure.ts';
import { answer, facts } from '../answer.ts';
import { withCase } from '../case-choice.ts';
import { severalOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly case: string;
  readonly request?: string;
  readonly token?: string;
  readonly ca?: readonly string[];
}

/** `stamp`: a time stamp from elsewhere (RFC 3161), asked for and taken in. */
export const stamp = verb<Options>(
  'stamp',
  'write a request for a time stamp (RFC 3161) over the signature, or keep the answer of an authority',
  (command) =>
    command
      .requiredOption('--case <folder>', 'the case')
      .option('--request <file>', 'first: write the request there; you send it to a time-stamp authority')
      .option('--token <file>', 'then: the file that the authority answered with')
      .option('--ca <file>', 'with --token: certificates of the authority’s issuer; may be given again', severalOption),
  async ({ options, json, terminal }) => {
    const { request, token } = options;
    if ((request === undefined) === (token === undefined)) {
      throw new Failure(
        'wrong-use',
        'It takes either --request or --token.',
        'First the request, then what came back.',
      );
    }
    const engine = await terminal.engine();
    await withCase(engine, options.case, async (open) => {
      if (request !== undefined) {
        const outcome = await open.requestStamp(resolve(request));
        await answer(terminal, json, outcome, () =>
          facts([
            ['Request', outcome.path],
            ['For', outcome.manifest],
            ['SHA-256', outcome.sha256],
          ]),
        );
      } else {
        const outcome = await open.takeStamp(
          resolve(token ?? ''),
          (options.ca ?? []).map((file) => resolve(file)),
        );
        const issuer = {
          trusted: 'leads to a given certificate',
          'not checked': 'not checked',
          'not found': 'not found',
        };
        await answer(terminal, json, outcome, () =>
          facts([
            ['Time', outcome.stamp.time],
            ['Authority', outcome.stamp.authority],
            ['Its issuer', issuer[outcome.stamp.issuer]],
            ['Stamps', outcome.manifest],
            ['Kept as', outcome.stamp.file],
          ]),
        );
      }
    });
    return exits.done;
  },
);
