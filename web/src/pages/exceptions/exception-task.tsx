import { Link } from '@tanstack/react-router';
import type { SlaException } from '../../api/fragments.js';
import { useSession } from '../../api/session.js';
import { Badge } from '../../ui/badge.js';
import { Person } from '../../ui/person.js';
import { dayIn, formatDate } from '../../lib/format.js';

/** What has been said about an exception, who sees to it by when, and whether it came back. */
export const ExceptionTask = ({ exception }: { readonly exception: SlaException }) => {
  const { timeZone } = useSession();
  const { customerId, kind, status, note, acknowledgedBy, owner, dueOn, previousId } = exception;
  const isOverdue = status === 'ACKNOWLEDGED' && dueOn !== null && dueOn < dayIn(timeZone);
  return (
    <>
      {note !== null && (
        <div className="soft small quote">
          <Person name={acknowledgedBy ?? ''} />: {note}
        </div>
      )}
      {(owner !== null || dueOn !== null) && (
        <div className="soft small">
          {owner !== null && (
            <>
              Seen to by <Person name={owner} />
              {dueOn !== null && ', '}
            </>
          )}
          {dueOn !== null && <span className="together">due {formatDate(dueOn)}</span>}{' '}
          {isOverdue && <Badge tone="wrong">Overdue</Badge>}
        </div>
      )}
      {previousId !== null && (
        <div className="small">
          <Link to="/exceptions" search={{ customer: customerId ?? undefined, kind, status: 'RESOLVED' }}>
            Not the first time
          </Link>
        </div>
      )}
    </>
  );
};
