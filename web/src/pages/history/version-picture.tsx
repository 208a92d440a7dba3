import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { History } from './history.graphql.js';
import { contentName, type HistorySubject } from './subject.js';
import { VersionChart } from './version-chart.js';

/** Versions drawn at a time: what can be told apart, and what is drawn at once however many there are. */
const DRAWN = 24;

interface Props {
  readonly subject: HistorySubject;
  readonly newest: number;
  readonly chosen: readonly number[];
  readonly onChoose: ((number: number) => void) | undefined;
}

export const VersionPicture = ({ subject, newest, chosen, onChoose }: Props) => {
  // null: the newest, also when there comes a newer one.
  const [upTo, setUpTo] = useState<number | null>(null);
  const top = upTo ?? newest;
  const bottom = Math.max(1, top - DRAWN + 1);
  const query = useAsk(
    History,
    { subject, newestFirst: true, from: top, first: DRAWN, counted: false, atLeast: atLeast() },
    { keep: true },
  );
  return (
    <Panel
      title="When each binds"
      actions={
        newest > DRAWN && (
          <span className="row no-print">
            <Button size="small" disabled={bottom === 1} onClick={() => setUpTo(bottom - 1)}>
              Earlier
            </Button>
            <span className="soft small" aria-live="polite">
              {bottom} to {top} of {newest}
            </span>
            <Button
              size="small"
              disabled={top === newest}
              onClick={() => setUpTo(top + DRAWN >= newest ? null : top + DRAWN)}
            >
              Later
            </Button>
          </span>
        )
      }
    >
      <Answer query={query}>
        {({ history: { nodes } }) => (
          <VersionChart
            versions={nodes}
            nameOf={contentName}
            chosen={onChoose ? chosen : []}
            onChoose={onChoose}
          />
        )}
      </Answer>
      <p className="soft small">
        Across: when a version binds; the dot is when it was recorded. Upwards: in the order in which they
        were recorded. Dashed: to come. The same stands in the table below.
      </p>
    </Panel>
  );
};
