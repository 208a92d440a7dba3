import type { ChangeView } from './changes.graphql.js';

/** `terms.commitments.P1.firstResponse` → "P1 first response". */
export const pathInWords = (path: string): string =>
  path
    .replace(/^terms[. ]/, '')
    .replace(/^overrides[. ]/, 'own terms ')
    .replace(/\bcommitments[. ]/, '')
    .replace(/\bchannels[. ](.+)[. ]channel$/, 'channel $1')
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/ ([A-Z])([a-z])/g, (_, first: string, rest: string) => ` ${first.toLowerCase()}${rest}`)
    .replace(/^windows ([a-z])/, (_, day: string) => `Hours on ${day.toUpperCase()}`);

export const DiffTable = ({ diff }: { readonly diff: ChangeView['diff'] }) =>
  diff.length === 0 ? (
    <p className="soft padded-line">No difference from what is in force.</p>
  ) : (
    <div className="table-wrap" role="region" aria-label="Differences" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {diff.map(({ path, before, after }) => (
            <tr key={path}>
              <td>{pathInWords(path)}</td>
              <td>{before === null ? <span className="soft">—</span> : <del>{before}</del>}</td>
              <td>{after === null ? <span className="soft">—</span> : <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
