import { useSession } from '../api/session.js';
import { formatDay, formatInstant, formatInZone, formatRelative } from '../lib/format.js';

interface Props {
  readonly at: string;
  readonly form?: 'instant' | 'day' | 'relative';
}

/** In the viewer's zone; in the organization's on hover. */
export const Time = ({ at, form = 'instant' }: Props) => {
  const { timeZone } = useSession();
  const text = form === 'relative' ? formatRelative(at) : form === 'day' ? formatDay(at) : formatInstant(at);
  return (
    <time dateTime={at} title={`${formatInZone(at, timeZone)} (${timeZone})`}>
      {text}
    </time>
  );
};
