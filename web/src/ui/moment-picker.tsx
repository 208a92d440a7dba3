import { useSession } from '../api/session.js';
import { formatDate, formatInstant, toLocalField } from '../lib/format.js';
import { DayInput } from './day-input.js';

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
    <DayInput
      label="Promised on"
      value={dayOf(value.at)}
      onChange={(at) => onChange({ ...value, at: at || undefined })}
    />
    <DayInput
      label="As known on"
      value={dayOf(value.knownAt)}
      onChange={(knownAt) => onChange({ ...value, knownAt: knownAt || undefined })}
    />
  </>
);

/** Says which moment a page shows, when it is not now: a day means its end where the organization is. */
export const useMomentInWords = ({ at, knownAt }: Moment): string | null => {
  const { timeZone } = useSession();
  const inWords = (value: string): string =>
    isDay(value) ? `at the end of ${formatDate(value)} in ${timeZone}` : formatInstant(value);
  if (at === undefined && knownAt === undefined) return null;
  const promised = at === undefined ? 'Promised now' : `Promised ${inWords(at)}`;
  return knownAt === undefined ? `${promised}.` : `${promised}, as it was known ${inWords(knownAt)}.`;
};
