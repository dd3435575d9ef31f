import { Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { ReportOutcome } from '../../../shared/types/outcome.ts';
import { copyText } from '../../bridge/page.ts';
import { notice } from '../../state/notices.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Hash } from '../../ui/Hash.tsx';

/** Where the PDF lies, and how it can be recognised. */
export function Written({ outcome }: { outcome: ReportOutcome }) {
  const box = useRef<HTMLDivElement>(null);
  // In braces: newer browsers answer scrollIntoView with a promise, which is no clean-up.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={box} className="written">
      <Box tone="good" live title="The report is written.">
        <p className="written-path">{outcome.path}</p>
      </Box>
      <Facts
        list={[
          ['Pages', groupedNumber(outcome.pages)],
          ['Size', humanBytes(outcome.bytes)],
          ['SHA-256', <Hash key="h" sha256={outcome.sha256} />],
        ]}
      />
      <div>
        <Button
          icon={<Copy className="icon" />}
          onPress={async () => {
            if (await copyText(outcome.path)) notice('good', 'The path was copied.');
            else notice('warn', 'The clipboard is not open to this window.', 'Select the path and copy it by hand.');
          }}
        >
          Copy the path
        </Button>
      </div>
      <p className="faint">Its hash is in the custody log. “Verify the case” checks the file against it.</p>
    </div>
  );
}
