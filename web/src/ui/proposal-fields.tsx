import { Input, Textarea } from './field.js';

/** What every proposal asks besides its content. */
export interface Timing {
  readonly reason: string;
  /** Of a `datetime-local` field, in the viewer's zone; empty: with the approval. */
  readonly from: string;
  readonly until: string;
}

export const NO_TIMING: Timing = { reason: '', from: '', until: '' };

interface Props {
  readonly value: Timing;
  readonly onChange: (next: Timing) => void;
  /** Whether it can end by itself. */
  readonly temporary?: boolean;
}

export const ProposalFields = ({ value, onChange, temporary = false }: Props) => (
  <>
    <div className="grid-2">
      <Input
        label="Binds from"
        type="datetime-local"
        hint="Empty: from the moment of approval."
        value={value.from}
        onChange={({ target }) => onChange({ ...value, from: target.value })}
      />
      {temporary && (
        <Input
          label="Ends by itself"
          type="datetime-local"
          hint="Empty: it stays."
          value={value.until}
          onChange={({ target }) => onChange({ ...value, until: target.value })}
        />
      )}
    </div>
    <Textarea
      label="Reason"
      hint="For whoever approves it, and for whoever asks in a year."
      value={value.reason}
      onChange={({ target }) => onChange({ ...value, reason: target.value })}
    />
  </>
);

/** As mutations take it. */
export const timingInput = ({ reason, from, until }: Timing) => ({
  reason: reason.trim() || null,
  effectiveFrom: from === '' ? null : new Date(from).toISOString(),
  ...(until !== '' && { effectiveUntil: new Date(until).toISOString() }),
});
