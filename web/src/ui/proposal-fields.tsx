import { Textarea } from './field.js';
import { InstantInput } from './instant-input.js';

/** What every proposal asks besides its content. Instants; empty: none. */
export interface Timing {
  readonly reason: string;
  /** Empty: with the approval. */
  readonly from: string;
  /** Empty: it stays. */
  readonly until: string;
}

export const NO_TIMING: Timing = { reason: '', from: '', until: '' };

interface Props {
  readonly value: Timing;
  readonly onChange: (next: Timing) => void;
  /** Whether its start can be chosen. */
  readonly scheduled?: boolean;
  /** Whether it can end by itself. */
  readonly temporary?: boolean;
}

export const ProposalFields = ({ value, onChange, scheduled = true, temporary = false }: Props) => (
  <>
    {scheduled && (
      <div className="grid-2">
        <InstantInput
          label="Binds from"
          hint="Empty: from the moment of approval."
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
        />
        {temporary && (
          <InstantInput
            label="Ends by itself"
            hint="A concession for a while; afterwards what was in force before binds again. Empty: it stays."
            value={value.until}
            onChange={(until) => onChange({ ...value, until })}
          />
        )}
      </div>
    )}
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
  effectiveFrom: from || null,
  ...(until !== '' && { effectiveUntil: until }),
});
