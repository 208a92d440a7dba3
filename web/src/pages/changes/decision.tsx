import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePolicy } from '../../api/policy.js';
import { useTell } from '../../api/hooks.js';
import { useMay, useSession } from '../../api/session.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Textarea } from '../../ui/field.js';
import { ApproveChange, RejectChange, WithdrawChange, type ChangeView } from './changes.graphql.js';

type Asking = 'approve' | 'reject' | 'withdraw';

/** What the viewer may do about an open change; and where they may not, why, and who can. */
export const Decision = ({ change }: { readonly change: ChangeView }) => {
  const { subject } = useSession();
  const mayDecide = useMay('decide');
  const mayPropose = useMay('propose');
  const policy = usePolicy();
  const [asking, setAsking] = useState<Asking | null>(null);
  const isOwn = change.proposedBy === subject;
  const hasApproved = change.approvals.includes(subject);
  const hindrance = hindranceOf({
    change,
    mayDecide,
    isOwn,
    hasApproved,
    selfAllowed: policy.allowSelfApproval,
  });
  const isOpen = change.status === 'PROPOSED';
  const canApprove = isOpen && hindrance === null;
  const canReject = isOpen && mayDecide;
  useShortcuts({
    a: canApprove ? () => setAsking('approve') : undefined,
    r: canReject ? () => setAsking('reject') : undefined,
  });
  if (!isOpen) return null;
  return (
    <section className={`notice ${change.stale ? 'wrong' : 'proposed'} no-print`} aria-label="Decision">
      {hindrance !== null ? <p>{hindrance}</p> : <p>Your approval {needs(change)}.</p>}
      <div className="row">
        {mayDecide && (
          <Button kind="primary" disabled={!canApprove} onClick={() => setAsking('approve')}>
            Approve <kbd>a</kbd>
          </Button>
        )}
        {mayDecide && (
          <Button kind="danger" onClick={() => setAsking('reject')}>
            Reject <kbd>r</kbd>
          </Button>
        )}
        {isOwn && mayPropose && change.kind !== 'IMPORT' && (
          <Link
            className={change.stale ? 'button primary' : 'button'}
            to="/changes/$id"
            params={{ id: change.id }}
            search={{ revise: 'content' }}
          >
            {change.stale ? 'Take the newer base' : 'Revise'}
          </Link>
        )}
        {(isOwn || mayDecide) && mayPropose && (
          <Button onClick={() => setAsking('withdraw')}>Withdraw</Button>
        )}
      </div>
      {asking !== null && <DecisionDialog change={change} asking={asking} onClose={() => setAsking(null)} />}
    </section>
  );
};

const needs = ({ approvals, approvalsNeeded }: ChangeView): string =>
  approvals.length + 1 >= approvalsNeeded
    ? 'puts it into force'
    : `is number ${approvals.length + 1} of ${approvalsNeeded}`;

interface Standing {
  readonly change: ChangeView;
  readonly mayDecide: boolean;
  readonly isOwn: boolean;
  readonly hasApproved: boolean;
  readonly selfAllowed: boolean;
}

const hindranceOf = ({ change, mayDecide, isOwn, hasApproved, selfAllowed }: Standing): string | null => {
  if (change.stale)
    return `This was made against ${change.baseVersion === null ? 'nothing' : `version ${change.baseVersion}`}, and the subject has gained a version since. Approving it could undo that one unseen. ${isOwn ? 'Take the newer base' : `${change.proposedBy} can take the newer base`}: the proposal is carried over to it, and approvals given so far no longer count.`;
  if (!mayDecide) return 'Somebody with the role admin decides. You will see the outcome here.';
  if (isOwn && !selfAllowed)
    return 'You proposed this yourself. Four eyes: somebody else with the role admin has to approve it. Send them the address of this page.';
  if (hasApproved)
    return `You have approved this revision. ${change.approvalsNeeded - change.approvals.length} more to go.`;
  return null;
};

const TEXTS: Readonly<Record<Asking, readonly [title: string, submit: string, label: string]>> = {
  approve: ['Approve this revision?', 'Approve', 'Comment'],
  reject: ['Reject this proposal?', 'Reject', 'Reason'],
  withdraw: ['Withdraw this proposal?', 'Withdraw', 'Reason'],
};

interface DialogProps {
  readonly change: ChangeView;
  readonly asking: Asking;
  readonly onClose: () => void;
}

const DecisionDialog = ({ change, asking, onClose }: DialogProps) => {
  const [text, setText] = useState('');
  const [approve, reject, withdraw] = [
    useTell(ApproveChange),
    useTell(RejectChange),
    useTell(WithdrawChange),
  ];
  const [title, submit, label] = TEXTS[asking];
  const { id: changeId, revision } = change;
  const said = text.trim() || null;
  const done = { onSuccess: onClose };
  const decide = (): void => {
    switch (asking) {
      case 'approve':
        return approve.mutate({ input: { changeId, revision, comment: said } }, done);
      case 'reject':
        return reject.mutate({ input: { changeId, revision, reason: text } }, done);
      case 'withdraw':
        return withdraw.mutate({ input: { changeId, reason: said } }, done);
    }
  };
  return (
    <Dialog
      title={title}
      submit={submit}
      kind={asking === 'approve' ? 'primary' : 'danger'}
      busy={approve.isPending || reject.isPending || withdraw.isPending}
      error={approve.error ?? reject.error ?? withdraw.error}
      onSubmit={decide}
      onClose={onClose}
    >
      <Textarea
        label={label}
        required={asking === 'reject'}
        hint={
          asking === 'reject'
            ? 'The proposer reads it: say what would make it acceptable.'
            : 'Optional. History keeps it.'
        }
        value={text}
        onChange={({ target }) => setText(target.value)}
        // Ctrl+Enter, because Enter is a new line here.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
            event.currentTarget.form?.requestSubmit();
        }}
      />
    </Dialog>
  );
};
