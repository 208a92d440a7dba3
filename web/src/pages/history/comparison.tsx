import type { ChangeContent } from '@domain/change/content.js';
import { contentDeltas } from '@domain/change/field-deltas.js';
import type { Version } from '../../api/fragments.js';
import { useAsk } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { DiffTable } from '../changes/diff-table.js';
import { History } from './history.graphql.js';
import type { Pair } from './pair.js';
import type { HistorySubject } from './subject.js';

interface Props {
  readonly subject: HistorySubject;
  readonly newest: number;
  readonly pair: Pair;
  readonly onCompare: (pair: Pair) => void;
}

const useVersion = (subject: HistorySubject, number: number) =>
  useAsk(History, { subject, from: number, first: 1, counted: false }, { keep: true });

/** Any two versions side by side, however far apart. */
export const Comparison = ({ subject, newest, pair: [earlier, later], onCompare }: Props) => {
  const [was, is] = [useVersion(subject, earlier), useVersion(subject, later)];
  const field = { type: 'number', min: 1, max: newest, required: true };
  return (
    <Panel title="What changed" padded={false}>
      <form
        key={`${earlier} ${later}`}
        className="row body-line"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          onCompare([Number(form.get('earlier')), Number(form.get('later'))]);
        }}
      >
        <Input label="From version" name="earlier" defaultValue={earlier} {...field} />
        <Input label="To version" name="later" defaultValue={later} {...field} />
        <Button type="submit">Compare</Button>
      </form>
      <Answer query={was}>
        {(before) => (
          <Answer query={is}>
            {(after) => (
              <Difference
                before={before.history.nodes.find(({ number }) => number === earlier)}
                after={after.history.nodes.find(({ number }) => number === later)}
              />
            )}
          </Answer>
        )}
      </Answer>
    </Panel>
  );
};

const Difference = ({
  before,
  after,
}: {
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}) => {
  if (!before || !after) return <Empty title="There is no such version" />;
  const diff = contentDeltas(before.content as ChangeContent, after.content as ChangeContent);
  return diff.length === 0 ? (
    <p className="soft padded-line">
      Version {before.number} and version {after.number} say the same.
    </p>
  ) : (
    <DiffTable diff={[...diff]} />
  );
};
