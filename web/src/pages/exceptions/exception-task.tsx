import { Link } from '@tanstack/react-router';
import type { SlaException } from '../../api/fragments.js';
import { useSession } from '../../api/session.js';
import { Badge } from '../../ui/badge.js';
import { dayIn } from '../../lib/format.js';

/** What has been said about an exception, who sees to it by when, and whether it came back. */
export const ExceptionTask = ({ exception }: { readonly exception: SlaException }) => {
  const { timeZone } = useSession();
  const { customerId, kind, status, note, acknowledgedBy, owner, dueOn, previousId } = exception;
  const isOverdue = status === 'ACKNOWLEDGED' && dueOn !== null && dueOn < dayIn(timeZone);
  return (
    <>
      {note !== null && (
        <div className="soft small quote">
          {acknowledgedBy}: {note}
        </div>
      )}
      {(owner !== null || dueOn !== null) && (
        <div className="soft small">
          {owner !== null && owner}
          {owner !== null && dueOn !== null && ', '}
          {dueOn !== null && `due ${dueOn}`} {isOverdue && <Badge tone="wrong">Overdue</Badge>}
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
