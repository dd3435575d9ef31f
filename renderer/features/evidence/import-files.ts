import { go } from '../../state/address-store.ts';
import { openCase, useCase } from '../../state/case.ts';
import { handOver, importPaths } from '../../state/imports.ts';
import { askNewCase } from '../../state/new-case.ts';
import { notice, noticeFailure } from '../../state/notices.ts';

/** Adds paths to the open case, opens a dropped case, or asks to make one. */
export async function takePaths(paths: readonly string[]): Promise<void> {
  const [first] = paths;
  if (first === undefined) return;
  const { view } = useCase.getState();
  if (paths.length === 1 && first.replace(/[/\\]$/, '').endsWith('.phonehome')) {
    await openCase(first).catch(noticeFailure);
    return;
  }
  if (view === null) {
    askNewCase(paths);
    return;
  }
  if (view.readOnly) {
    notice(
      'warn',
      `${view.name} is read-only where it lies.`,
      'Nothing was added. Copy the case to a disk that can be written, and open it there.',
    );
    return;
  }
  go('evidence');
  await importPaths(view.id, paths);
}

/** Takes what was dropped on the window. In a browser the bytes are handed to the program first. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) {
    notice('warn', 'Nothing that was dropped is a file.', 'Folders are added with “Add files” in Evidence.');
    return;
  }
  try {
    const paths = await handOver(files);
    if (paths.length === 0)
      notice('warn', 'What was dropped has no path on this machine.', 'Nothing was added. Save it as a file first.');
    else await takePaths(paths);
  } catch (thrown) {
    noticeFailure(thrown);
  }
}
