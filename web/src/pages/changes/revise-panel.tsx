import type { ChangeContent, ChangeKind } from '@domain/change/content.js';
import { rebaseContent } from '@domain/change/rebase-content.js';
import { atLeast } from '../../api/freshness.js';
import { useAsk, useTell } from '../../api/hooks.js';
import { inForceAt } from '../../api/in-force.js';
import { timingInput } from '../../ui/proposal-fields.js';
import { Answer } from '../../ui/states.js';
import { ContentFields, isReadyToPropose } from '../propose/content-fields.js';
import { DraftWarnings } from '../propose/draft-warnings.js';
import { ProposalForm } from '../propose/proposal-form.js';
import { SubjectVersions } from '../propose/propose.graphql.js';
import { ReviseChange, type ChangeView } from './changes.graphql.js';

interface Props {
  readonly change: ChangeView;
  readonly onEnd: () => void;
}

/** The content of an open change, open for its proposer. A stale one is carried over to what has been approved since. */
export const RevisePanel = ({ change, onEnd }: Props) => {
  const { kind, id } = change.subject;
  const query = useAsk(SubjectVersions, { subject: { kind, id }, atLeast: atLeast() }, { keep: true });
  return (
    <Answer query={query}>
      {({ history }) => <ReviseForm change={change} versions={history.nodes} onEnd={onEnd} />}
    </Answer>
  );
};

interface KnownVersion {
  readonly number: number;
  readonly content: unknown;
  readonly periods: readonly { readonly from: string; readonly to: string | null }[];
}

const ReviseForm = ({ change, versions, onEnd }: Props & { readonly versions: readonly KnownVersion[] }) => {
  const revise = useTell(ReviseChange);
  const { id, kind, revision, stale, approvals } = change;
  const content = change.content as ChangeContent;
  const like = versions.filter((version) => isComparable(kind, version.content));
  const inForce = (inForceAt(like)?.content as ChangeContent | undefined) ?? null;
  const proposal =
    stale && inForce !== null ? rebaseContent(baseOf(change, like), content, inForce) : content;
  // Another revision, or a newer base, is another thing to write.
  const name = `revise:${id}:${revision}:${versions[0]?.number ?? 0}`;
  return (
    <>
      <section className={`notice ${stale ? 'wrong' : 'proposed'}`} aria-label="Revising">
        <p>
          <strong>You are revising revision {revision}.</strong>{' '}
          {stale
            ? 'The subject has gained a version since. Your changes have been carried over to it: look at the difference below before you submit them.'
            : 'Nothing changes for those who look at it before you submit.'}
          {approvals.length > 0 && ` The approval by ${approvals.join(' and ')} then no longer counts.`}
        </p>
      </section>
      <ProposalForm
        key={name}
        name={name}
        kind={kind}
        initial={proposal}
        initialTiming={{
          reason: change.reason ?? '',
          from: change.effectiveFrom ?? '',
          until: change.effectiveUntil ?? '',
        }}
        inForce={inForce}
        submit={`Submit revision ${revision + 1}`}
        discard="Discard"
        busy={revise.isPending}
        error={revise.error}
        isReady={isReadyToPropose}
        fields={(props) => <ContentFields kind={kind} {...props} />}
        warnings={(draft) => <DraftWarnings content={draft} />}
        onSubmit={(draft, timing, drop) =>
          void revise
            .mutateAsync({ input: { changeId: id, content: draft, ...timingInput(timing) } })
            .then(() => {
              drop();
              onEnd();
            })
            // The mutation keeps its error, which the form shows.
            .catch(() => revise.error)
        }
        onDiscard={onEnd}
      />
    </>
  );
};

/** A retired tier promises nothing, and a waiver in the same stream says nothing about the mapping. */
const isComparable = (kind: ChangeKind, content: unknown): boolean => {
  const fields = content as object;
  switch (kind) {
    case 'TIER_TERMS':
      return 'terms' in fields;
    case 'REMAP':
      return 'toTier' in fields;
    case 'TIER_RETIREMENT':
    case 'WAIVER':
      return false;
    case 'COVERAGE':
    case 'CONTRACT':
    case 'APPROVAL_POLICY':
    case 'IMPORT':
      return true;
  }
};

/** What was in force when this revision was written. */
const baseOf = (
  { timeline, revision, baseVersion, proposedAt }: ChangeView,
  versions: readonly KnownVersion[],
): unknown => {
  const known = versions.filter(({ number }) => number <= (baseVersion ?? 0));
  const written = timeline.find((entry) => entry.revision === revision)?.at ?? proposedAt;
  return (inForceAt(known, written) ?? known[0])?.content;
};
