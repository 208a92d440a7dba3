import { formatInstant, toLocalField } from '../lib/format.js';
import { Input } from './field.js';

/** `at` and `knownAt` of the address: a day (`2026-03-03`, meaning its end) or an instant. */
export interface Moment {
  readonly at?: string | undefined;
  readonly knownAt?: string | undefined;
}

const isDay = (value: string): boolean => value.length === 10;
const dayOf = (value = ''): string => (isDay(value) ? value : toLocalField(value)).slice(0, 10);

/** Both axes of time: what was promised on a day, and what was known of it on another. */
export const MomentPicker = ({
  value,
  onChange,
}: {
  readonly value: Moment;
  readonly onChange: (next: Moment) => void;
}) => (
  <>
    <Input
      label="Promised on"
      type="date"
      value={dayOf(value.at)}
      onChange={({ target }) => onChange({ ...value, at: target.value || undefined })}
    />
    <Input
      label="As known on"
      type="date"
      value={dayOf(value.knownAt)}
      onChange={({ target }) => onChange({ ...value, knownAt: target.value || undefined })}
    />
  </>
);

const inWords = (value: string): string => (isDay(value) ? `at the end of ${value}` : formatInstant(value));

/** Says which moment a page shows, when it is not now. */
export const momentInWords = ({ at, knownAt }: Moment): string | null => {
  if (at === undefined && knownAt === undefined) return null;
  const promised = at === undefined ? 'Promised now' : `Promised ${inWords(at)}`;
  return knownAt === undefined ? `${promised}.` : `${promised}, as it was known ${inWords(knownAt)}.`;
};
