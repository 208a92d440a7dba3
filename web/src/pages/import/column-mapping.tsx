import { useState } from 'react';
import { HEADINGS } from '@domain/import/fields.js';
import { Button } from '../../ui/button.js';
import { Select } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { fieldInWords, guessOf, type SheetSample } from './sheet-sample.js';
import type { Reading } from './upload.js';

interface Props {
  readonly fileName: string;
  readonly sample: SheetSample;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onSend: (reading: Reading) => void;
}

const DATE_ORDERS = [
  ['', 'As the others show'],
  ['day-first', 'Day first: 3 April'],
  ['month-first', 'Month first: 4 March'],
  ['year-first', 'Year first'],
] as const;

/** Of the select: as guessed, and to leave out. */
const GUESSED = '~';

export const ColumnMapping = ({ fileName, sample, busy, onCancel, onSend }: Props) => {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [dateOrder, setDateOrder] = useState('');
  const guess = guessOf(sample.headings, chosen);
  const isMatrix = guess.columns !== null && Object.values(guess.columns).includes('priority');
  const fields = Object.keys(HEADINGS[isMatrix ? 'MATRIX' : 'REFERENCE']);
  const choose = (heading: string, value: string): void => {
    const rest = Object.fromEntries(Object.entries(chosen).filter(([each]) => each !== heading));
    setChosen(value === GUESSED ? rest : { ...rest, [heading]: value });
  };
  return (
    <Panel
      title={`What each column of ${fileName} means`}
      padded={false}
      actions={
        <div className="row">
          <Button onClick={onCancel}>Another file</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={guess.columns === null}
            onClick={() => onSend({ columns: chosen, dateOrder })}
          >
            Check every row
          </Button>
        </div>
      }
    >
      {guess.problem !== null && (
        <p className="notice wrong" role="alert">
          {guess.problem}
        </p>
      )}
      <div className="table-wrap" role="region" aria-label="Columns" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Means</th>
              <th scope="col">First rows</th>
            </tr>
          </thead>
          <tbody>
            {sample.headings.map((heading, place) => {
              const guessed = guess.columns?.[heading];
              return (
                <tr key={`${heading} ${place}`}>
                  <th scope="row">{heading || <em>without a heading</em>}</th>
                  <td>
                    <select
                      aria-label={`Meaning of ${heading}`}
                      className="short"
                      value={chosen[heading] ?? GUESSED}
                      onChange={({ target }) => choose(heading, target.value)}
                    >
                      <option value={GUESSED}>
                        {guessed === undefined ? 'nothing (left out)' : `${fieldInWords(guessed)} (guessed)`}
                      </option>
                      {fields.map((field) => (
                        <option key={field} value={field}>
                          {fieldInWords(field)}
                        </option>
                      ))}
                      <option value="">leave it out</option>
                    </select>
                  </td>
                  <td className="soft">
                    {sample.rows
                      .map((row) => row[place])
                      .filter(Boolean)
                      .slice(0, 3)
                      .join(' · ')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="body-line row">
        <Select
          label="A date such as 03/04/2026"
          options={DATE_ORDERS}
          value={dateOrder}
          onChange={({ target }) => setDateOrder(target.value)}
        />
      </div>
    </Panel>
  );
};
