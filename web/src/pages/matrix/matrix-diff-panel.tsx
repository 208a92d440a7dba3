import { Link } from '@tanstack/react-router';
import { useAsk } from '../../api/hooks.js';
import { formatDate } from '../../lib/format.js';
import { Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { pathInWords } from '../changes/diff-table.js';
import { MatrixDiff } from './matrix.graphql.js';

interface Props {
  /** A day. */
  readonly other: string;
  /** What the page shows: a day or an instant. */
  readonly shown: string;
  readonly knownAt: string | undefined;
}

/** What differs between the matrix shown and that of another day, the earlier one first. */
export const MatrixDiffPanel = ({ other, shown, knownAt }: Props) => {
  const isLater = other > shown;
  const [from, to] = isLater ? [shown, other] : [other, shown];
  const query = useAsk(MatrixDiff, { from, to, knownAt }, { keep: true });
  return (
    <Panel
      title={`${isLater ? 'Changes by' : 'Changed since'} the end of ${formatDate(other)}`}
      padded={false}
    >
      <Answer query={query}>
        {({ matrixDiff: { deltas } }) =>
          deltas.length === 0 ? (
            <p className="body soft padded">Nothing differs between the two.</p>
          ) : (
            <div className="table-wrap" tabIndex={0} role="region" aria-label="Differences">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Tier</th>
                    <th scope="col">What</th>
                    <th scope="col">Before</th>
                    <th scope="col">After</th>
                    <th scope="col">Change</th>
                  </tr>
                </thead>
                <tbody>
                  {deltas.map(({ tier, priority, field, before, after, changeId }) => (
                    <tr key={`${tier} ${priority} ${field}`}>
                      <td>{tier}</td>
                      <td>
                        {priority} {pathInWords(field)}
                      </td>
                      <td>{before === null ? '—' : <del>{before}</del>}</td>
                      <td>{after === null ? '—' : <ins>{after}</ins>}</td>
                      <td>
                        <Link to="/changes/$id" params={{ id: changeId }}>
                          Open
                        </Link>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </Panel>
  );
};
