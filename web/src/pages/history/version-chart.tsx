import type { Version } from '../../api/fragments.js';
import { formatDay, formatInstant } from '../../lib/format.js';

interface Props {
  readonly versions: readonly Version[];
  readonly nameOf?: (content: unknown) => string;
  readonly chosen?: readonly number[];
  readonly onChoose?: (number: number) => void;
}

const WIDTH = 760;
/** Where the drawing begins, right of the number and the day. */
const PLOT = 160;
const DAY_MS = 86_400_000;
const LINE = 34;
const TOP = 30;

/**
 * Versions on both axes: across, when they bind; down, in the order in which the log learned of them, with the day beside each. A
 * backdated version is the one whose bar begins before the day that stands left of it.
 */
export const VersionChart = ({ versions, nameOf, chosen = [], onChoose }: Props) => {
  const inOrder = [...versions].sort((a, b) => a.number - b.number);
  const now = Date.now();
  const instants = inOrder
    .flatMap(({ periods, recordedAt }) => [
      recordedAt,
      ...periods.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
    ])
    .map((at) => Date.parse(at));
  const start = Math.min(...instants, now);
  const end = Math.max(...instants, now);
  const tick = end - start < 3 * DAY_MS ? formatInstant : formatDay;
  const pad = Math.max((end - start) * 0.08, 3_600_000);
  const place = (at: number): number =>
    PLOT + ((at - start + pad) / (end - start + 2 * pad)) * (WIDTH - PLOT);
  const height = TOP + inOrder.length * LINE + 8;
  return (
    <div className="chart-wrap" role="region" aria-label="Versions drawn over time" tabIndex={0}>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label="Versions over time">
        {[start - pad, end + pad].map((at, index) => (
          <text key={index} x={index === 0 ? PLOT : WIDTH} y={14} textAnchor={index === 0 ? 'start' : 'end'}>
            {tick(new Date(at).toISOString())}
          </text>
        ))}
        <line className="now" x1={place(now)} x2={place(now)} y1={20} y2={height} />
        {inOrder.map((version, index) => {
          const y = TOP + index * LINE;
          const name = nameOf?.(version.content) ?? '';
          // The name of the group: begins with what is to be seen, so that whoever speaks to the page can say it.
          const said = `v${version.number} ${formatDay(version.recordedAt)} ${name}: recorded ${formatInstant(version.recordedAt)}, binds from ${formatInstant(version.effectiveFrom)}`;
          return (
            <g
              key={version.number}
              {...(onChoose && {
                role: 'button',
                tabIndex: 0,
                'aria-pressed': chosen.includes(version.number),
                onClick: () => onChoose(version.number),
                onKeyDown: (event) => {
                  if (event.key === 'Enter' || event.key === ' ') {
                    event.preventDefault();
                    onChoose(version.number);
                  }
                },
              })}
            >
              <title>{said}</title>
              <rect x={0} y={y} width={WIDTH} height={LINE} fill="transparent" />
              <line className="axis" x1={0} x2={WIDTH} y1={y + LINE} y2={y + LINE} />
              <text className="label" x={4} y={y + 21}>
                v{version.number}
              </text>
              <text x={40} y={y + 21}>
                {formatDay(version.recordedAt)}
              </text>
              {version.periods.map(({ from, to }) => {
                const [left, right] = [place(Date.parse(from)), to === null ? WIDTH : place(Date.parse(to))];
                const look = version.backdated ? 'backdated' : Date.parse(from) > now ? 'future' : '';
                return (
                  <rect
                    key={from}
                    className={`bar ${look}`}
                    data-chosen={chosen.includes(version.number)}
                    x={left}
                    y={y + 7}
                    width={Math.max(3, right - left)}
                    height={LINE - 14}
                    rx={4}
                  />
                );
              })}
              {version.periods[0] && (
                <BarLabel name={name} x={place(Date.parse(version.periods[0].from))} y={y + 21} />
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
};

/** Beside the beginning of its bar, on whichever side there is room. */
const BarLabel = ({ name, x, y }: { readonly name: string; readonly x: number; readonly y: number }) =>
  x > WIDTH - 140 ? (
    <text className="label" x={x - 8} y={y} textAnchor="end">
      {name}
    </text>
  ) : (
    <text className="label" x={x + 8} y={y}>
      {name}
    </text>
  );
