import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { TurningPoints } from './matrix.graphql.js';
import { stopAt, stopInWords, stopsOf } from './turning-points.js';

interface Props {
  /** As the address has it: a day or an instant; undefined: now. */
  readonly at: string | undefined;
  /** The same as the server settled it. */
  readonly settled: string;
  readonly knownAt: string | undefined;
  readonly onChange: (at: string | undefined) => void;
}

/** Through the instants at which the matrix turned, and will turn. Arrow keys step from one to the next. */
export const TimeSlider = ({ at, settled, knownAt, onChange }: Props) => {
  const [now] = useState(() => new Date().toISOString());
  const { data } = useAsk(TurningPoints, { knownAt, atLeast: atLeast() }, { keep: true });
  const stops = stopsOf(data?.turningPoints ?? [], now);
  const last = stops.length - 1;
  if (last === 0) return null;
  const current = stopAt(stops, at === undefined ? undefined : settled);
  const go = (index: number): void => onChange(stops[index]?.at ?? undefined);
  const shown = stops[current]!;
  return (
    <div className="time-slider no-print">
      <div className="row apart nowrap">
        <Button size="small" disabled={current === 0} onClick={() => go(current - 1)}>
          <span aria-hidden="true">←</span> Earlier
        </Button>
        <output aria-live="polite" data-scheduled={shown.isScheduled}>
          {stopInWords(shown)}
        </output>
        <Button size="small" disabled={current === last} onClick={() => go(current + 1)}>
          Later <span aria-hidden="true">→</span>
        </Button>
      </div>
      <div className="track">
        <input
          type="range"
          aria-label="Turning points of the matrix"
          aria-valuetext={stopInWords(shown)}
          min={0}
          max={last}
          step={1}
          value={current}
          onChange={({ target }) => go(Number(target.value))}
        />
        <div className="ticks" aria-hidden="true">
          {stops.map((stop, index) => (
            <span
              key={stop.at ?? 'now'}
              data-kind={stop.at === null ? 'now' : stop.isScheduled ? 'scheduled' : 'past'}
              style={{ left: `${(index / last) * 100}%` }}
            />
          ))}
        </div>
      </div>
    </div>
  );
};
