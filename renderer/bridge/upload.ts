import { Failure } from '../../shared/base/failure.ts';
import { failureOf } from './failures.ts';

/** Hands one file to the program on the loopback and answers with the path where it lies. */
function put(file: File, onBytes: (done: number) => void): Promise<string> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/upload?name=${encodeURIComponent(file.name)}`);
    request.responseType = 'text';
    request.upload.onprogress = (progress) => onBytes(progress.loaded);
    request.onerror = () =>
      failed(
        new Failure(
          'internal',
          `${file.name} could not be handed to the program: the connection broke.`,
          'Nothing was added to the case. Drop the file again.',
        ),
      );
    request.onload = () => {
      const answer = readJson(request.responseText);
      if (request.status >= 200 && request.status < 300 && typeof answer.path === 'string') {
        done(answer.path);
        return;
      }
      const said = answer.error ?? answer;
      failed(
        typeof (said as { message?: unknown }).message === 'string'
          ? failureOf(said)
          : new Failure('internal', `${file.name} was not taken: the program answered ${request.status}.`, null),
      );
    };
    request.send(file);
  });
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Hands over files one after another; answers with their paths in the same order. */
export async function upload(
  files: readonly File[],
  onBytes: (done: number, all: number) => void = () => {},
): Promise<string[]> {
  const all = files.reduce((sum, file) => sum + file.size, 0);
  const paths: string[] = [];
  let before = 0;
  for (const file of files) {
    paths.push(await put(file, (done) => onBytes(before + done, all)));
    before += file.size;
    onBytes(before, all);
  }
  return paths;
}
