import { Input } from './field.js';

/** `at` and `knownAt` of the address: a day (`2026-03-03`, meaning its end) or an instant. */
export interface Moment {
  readonly at?: string | undefined;
  readonly knownAt?: string | undefined;
}

const dayOf = (value: string | undefined): string => value?.slice(0, 10) ?? '';

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

/** Says which moment a page shows, when it is not now. */
export const momentInWords = ({ at, knownAt }: Moment): string | null => {
  if (at === undefined && knownAt === undefined) return null;
  const promised = at === undefined ? 'Promised now' : `Promised at the end of ${at}`;
  return knownAt === undefined ? `${promised}.` : `${promised}, as it was known at the end of ${knownAt}.`;
};
