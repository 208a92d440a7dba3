import { useState, type PointerEvent } from 'react';
import type { WeeklyWindow } from '@domain/change/content.js';
import { Button } from '../../ui/button.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY_MINUTES = 1440;
/** A drawn window snaps to this many minutes. */
const STEP = 30;

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const percent = (minutes: number): string => `${(minutes / DAY_MINUTES) * 100}%`;

interface Props {
  readonly windows: readonly WeeklyWindow[];
  /** Absent: only to look at. */
  readonly onChange?: ((next: readonly WeeklyWindow[]) => void) | undefined;
}

/** A week to look at and to draw in; the same windows stand below as fields, for keyboards and exact minutes. */
export const Week = ({ windows, onChange }: Props) => {
  const put = (index: number, change: Partial<WeeklyWindow>): void =>
    onChange?.(windows.map((window, place) => (place === index ? { ...window, ...change } : window)));
  return (
    <div className="stack">
      <div className="week" aria-hidden="true">
        <span />
        <span className="hours">
          {['0', '6', '12', '18', '24'].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </span>
        {DAYS.map((name, index) => (
          <DayLine
            key={name}
            name={name}
            windows={windows.filter(({ day }) => day === index + 1)}
            overhang={windows.filter(
              ({ day, start, end }) => day === ((index + 6) % 7) + 1 && minutesOf(end) <= minutesOf(start),
            )}
            onDraw={onChange && ((start, end) => onChange([...windows, { day: index + 1, start, end }]))}
          />
        ))}
      </div>
      <details open={windows.length <= 7 && onChange !== undefined}>
        <summary>Windows as times</summary>
        <ul className="stack tight">
          {windows.map((window, index) => (
            <li key={index} className="row week-window">
              <select
                aria-label={`Day of window ${index + 1}`}
                className="short"
                value={window.day}
                onChange={({ target }) => put(index, { day: Number(target.value) })}
              >
                {DAYS.map((name, day) => (
                  <option key={name} value={day + 1}>
                    {name}
                  </option>
                ))}
              </select>
              <input
                aria-label={`Start of window ${index + 1}`}
                className="short"
                pattern="\d\d:\d\d"
                value={window.start}
                onChange={({ target }) => put(index, { start: target.value })}
              />
              <span>to</span>
              <input
                aria-label={`End of window ${index + 1}`}
                className="short"
                pattern="\d\d:\d\d"
                value={window.end}
                onChange={({ target }) => put(index, { end: target.value })}
              />
              {minutesOf(window.end) <= minutesOf(window.start) && (
                <span className="soft small">ends the next day</span>
              )}
              <Button
                size="small"
                kind="quiet"
                aria-label={`Remove window ${index + 1}`}
                onClick={() => onChange?.(windows.filter((_, place) => place !== index))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
        <div className="row week-window">
          <Button
            size="small"
            onClick={() => onChange?.([...windows, { day: 1, start: '09:00', end: '17:00' }])}
          >
            Add a window
          </Button>
        </div>
      </details>
    </div>
  );
};

interface LineProps {
  readonly name: string;
  readonly windows: readonly WeeklyWindow[];
  /** Windows of the day before that run past midnight. */
  readonly overhang: readonly WeeklyWindow[];
  readonly onDraw?: ((start: string, end: string) => void) | undefined;
}

const DayLine = ({ name, windows, overhang, onDraw }: LineProps) => {
  const [drawn, setDrawn] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const [start, end] = drawn ? [Math.min(drawn.from, drawn.to), Math.max(drawn.from, drawn.to)] : [0, 0];
  const minuteAt = ({ currentTarget, clientX }: PointerEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const minutes = ((clientX - left) / width) * DAY_MINUTES;
    return Math.max(0, Math.min(DAY_MINUTES, Math.round(minutes / STEP) * STEP));
  };
  return (
    <>
      <span className="small">{name}</span>
      <div
        className="day"
        {...(onDraw && {
          onPointerDown: (event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrawn({ from: minuteAt(event), to: minuteAt(event) });
          },
          onPointerMove: (event) => drawn && setDrawn({ ...drawn, to: minuteAt(event) }),
          onPointerUp: () => {
            setDrawn(null);
            if (end > start) onDraw(clockOf(start), clockOf(end));
          },
          onPointerCancel: () => setDrawn(null),
        })}
        data-drawable={onDraw !== undefined}
      >
        {overhang.map(({ end }) => (
          <span key={`over ${end}`} className="window" style={{ left: 0, width: percent(minutesOf(end)) }} />
        ))}
        {[...windows, ...(end > start ? [{ start: clockOf(start), end: clockOf(end) }] : [])].map(
          (window) => {
            const left = minutesOf(window.start);
            const right = minutesOf(window.end) <= left ? DAY_MINUTES : minutesOf(window.end);
            return (
              <span
                key={`${window.start} ${window.end}`}
                className="window"
                style={{ left: percent(left), width: percent(right - left) }}
              >
                {right - left >= 240 ? `${window.start} – ${window.end}` : ''}
              </span>
            );
          },
        )}
      </div>
    </>
  );
};
