import type { ChannelPromise, Terms } from '@domain/terms/terms.js';
import { useCoverageKeys } from '../../../api/coverage-keys.js';
import { Button } from '../../../ui/button.js';
import { Pill } from '../../../ui/pill.js';

const USUAL = ['email', 'chat', 'phone', 'slack', 'portal', 'knowledge_base'];

interface Props {
  readonly terms: Terms;
  readonly onChange: (next: Terms) => void;
}

/** Where customers may turn to: for which priorities, and inside which hours. */
export const ChannelsEditor = ({ terms, onChange }: Props) => {
  const { channels, commitments } = terms;
  const known = useCoverageKeys();
  const coverages = [...new Set([...known, ...channels.flatMap(({ coverage }) => coverage ?? [])])];
  const put = (index: number, change: Partial<ChannelPromise>): void =>
    onChange({
      ...terms,
      channels: channels.map((channel, place) => (place === index ? { ...channel, ...change } : channel)),
    });
  return (
    <fieldset className="stack tight">
      <legend>Channels</legend>
      <datalist id="usual-channels">
        {USUAL.map((channel) => (
          <option key={channel} value={channel} />
        ))}
      </datalist>
      <ul className="stack tight">
        {channels.map((channel, index) => (
          <li key={index} className="channel">
            <input
              aria-label={`Channel ${index + 1}`}
              required
              list="usual-channels"
              value={channel.channel}
              onChange={({ target }) => put(index, { channel: target.value })}
            />
            <Priorities
              of={channel}
              all={commitments.map(({ priority }) => priority)}
              onChange={(priorities) => put(index, { priorities })}
            />
            <select
              aria-label={`Hours of ${channel.channel}`}
              value={channel.coverage ?? ''}
              onChange={({ target }) => put(index, { coverage: target.value || null })}
            >
              <option value="">hours of the priority</option>
              {coverages.map((key) => (
                <option key={key}>{key}</option>
              ))}
            </select>
            <Button
              size="small"
              kind="quiet"
              aria-label={`Remove ${channel.channel}`}
              onClick={() => onChange({ ...terms, channels: channels.filter((_, place) => place !== index) })}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" onClick={() => onChange({ ...terms, channels: [...channels, { channel: '' }] })}>
          Add a channel
        </Button>
      </div>
    </fieldset>
  );
};

/** All of them pressed says the same as no limit. */
const Priorities = ({
  of,
  all,
  onChange,
}: {
  readonly of: ChannelPromise;
  readonly all: readonly string[];
  readonly onChange: (next: readonly string[] | null) => void;
}) => {
  const chosen = of.priorities ?? all;
  const toggle = (priority: string): void => {
    const next = all.filter((each) => (each === priority) !== chosen.includes(each));
    onChange(next.length === all.length || next.length === 0 ? null : next);
  };
  return (
    <span className="pills" role="group" aria-label={`Priorities of ${of.channel}`}>
      {all.map((priority) => (
        <Pill key={priority} pressed={chosen.includes(priority)} onClick={() => toggle(priority)}>
          {priority}
        </Pill>
      ))}
    </span>
  );
};
