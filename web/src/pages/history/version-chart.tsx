import type { Version } from '../../api/fragments.js';
import { formatDay, formatInstant } from '../../lib/format.js';
import { useWidth } from '../../lib/width.js';

interface Props {
  readonly versions: readonly Version[];
  readonly nameOf?: (content: unknown) => string;
  readonly chosen?: readonly number[];
  readonly onChoose?: ((number: number) => void) | undefined;
}

/** Pixels: before the page has been measured. */
const WIDTH = 760;
/** Narrower than this there is no room for the days of recording. */
const NARROW = 520;
const DAY_MS = 86_400_000;
const LINE = 34;
const TOP = 30;

/** Where lines are drawn: from the right of the number, and of the day where there is room, to the edge. */
interface Area {
  readonly plot: number;
  readonly width: number;
}

/** The times a picture has to hold, and where each of them is drawn. */
const scaleOf = (versions: readonly Version[], now: number, { plot, width }: Area) => {
  const instants = versions
    .flatMap(({ periods, recordedAt }) => [
      recordedAt,
      ...periods.flatMap(({ from, to }) => (to === null ? [from] : [from, to])),
    ])
    .map((at) => Date.parse(at));
  const [first, last] = [Math.min(...instants, now), Math.max(...instants, now)];
  const pad = Math.max((last - first) * 0.08, 3_600_000);
  const [start, end] = [first - pad, last + pad];
  const place = (at: number): number => plot + ((at - start) / (end - start)) * (width - plot);
  return { place, start, end, format: last - first < 3 * DAY_MS ? formatInstant : formatDay };
};

/**
 * Versions on both axes: across, when they bind; upwards, in the order in which the log learned of them, with a dot where that was.
 * A backdated version is one whose bar begins left of its dot. A picture for those who see it: what it shows is said in a
 * table, so whoever draws it draws no more than can be told apart.
 */
export const VersionChart = ({ versions, nameOf, chosen = [], onChoose }: Props) => {
  const [drawing, width] = useWidth<HTMLDivElement>(WIDTH);
  const newestFirst = [...versions].sort((a, b) => b.number - a.number);
  const now = Date.now();
  const isNarrow = width < NARROW;
  const area = { plot: isNarrow ? 44 : 160, width };
  const { place, start, end, format } = scaleOf(versions, now, area);
  const height = TOP + newestFirst.length * LINE + 8;
  const numbers = newestFirst.map(({ number }) => number);
  return (
    <div ref={drawing}>
      <svg
        className="chart"
        width={width}
        height={height}
        role="img"
        aria-label={`Versions ${numbers.at(-1)} to ${numbers[0]} over time, from ${format(new Date(start).toISOString())} to ${format(new Date(end).toISOString())}`}
      >
        {!isNarrow && (
          <text x={area.plot - 16} y={14} textAnchor="end">
            recorded
          </text>
        )}
        {(isNarrow ? [0, 1] : [0, 0.5, 1]).map((part) => (
          <text
            key={part}
            x={area.plot + part * (width - area.plot)}
            y={14}
            textAnchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
          >
            {format(new Date(start + part * (end - start)).toISOString())}
          </text>
        ))}
        <line className="now" x1={place(now)} x2={place(now)} y1={20} y2={height} />
        {newestFirst.map((version, index) => (
          <Line
            key={version.number}
            version={version}
            y={TOP + index * LINE}
            name={nameOf?.(version.content) ?? ''}
            chosen={chosen.includes(version.number)}
            place={place}
            area={area}
            onChoose={onChoose}
          />
        ))}
      </svg>
    </div>
  );
};

interface LineProps {
  readonly version: Version;
  readonly y: number;
  readonly name: string;
  readonly chosen: boolean;
  readonly place: (at: number) => number;
  readonly area: Area;
  readonly onChoose: ((number: number) => void) | undefined;
}

const Line = ({ version, y, name, chosen, place, area: { plot, width }, onChoose }: LineProps) => {
  const { number, periods, recordedAt, backdated } = version;
  const [first] = periods;
  const now = Date.now();
  return (
    <g className={onChoose && 'choosable'} onClick={onChoose && (() => onChoose(number))}>
      <rect className="hit" data-chosen={chosen} x={0} y={y} width={width} height={LINE} />
      <line className="axis" x1={0} x2={width} y1={y + LINE} y2={y + LINE} />
      <text className="label" x={4} y={y + 21}>
        v{number}
      </text>
      {width >= NARROW && (
        <text x={plot - 16} y={y + 21} textAnchor="end">
          {formatDay(recordedAt)}
        </text>
      )}
      {periods.map(({ from, to }) => {
        const [left, right] = [place(Date.parse(from)), to === null ? width : place(Date.parse(to))];
        return (
          <rect
            key={from}
            className={`bar ${backdated ? 'backdated' : Date.parse(from) > now ? 'future' : ''}`}
            data-chosen={chosen}
            x={left}
            y={y + 7}
            width={Math.max(3, right - left)}
            height={LINE - 14}
            rx={4}
          />
        );
      })}
      <circle className="recorded" cx={place(Date.parse(recordedAt))} cy={y + LINE / 2} r={3.5} />
      {first ? (
        <BarLabel
          name={name}
          left={place(Date.parse(first.from))}
          right={first.to === null ? width : place(Date.parse(first.to))}
          edge={width}
          y={y + 21}
        />
      ) : (
        <BarLabel
          name="replaced before it began"
          left={place(Date.parse(recordedAt))}
          right={place(Date.parse(recordedAt))}
          edge={width}
          y={y + 21}
        />
      )}
    </g>
  );
};

/** Room that a name takes at most before it is told apart from its neighbours. */
const NAME = 140;

interface BarLabelProps {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  /** Where the drawing ends. */
  readonly edge: number;
  readonly y: number;
}

/** In its bar where there is room, else after it, else before it. */
const BarLabel = ({ name, left, right, edge, y }: BarLabelProps) => {
  const isInside = right - left >= NAME;
  const isBefore = !isInside && right > edge - NAME;
  return (
    <text
      className="label"
      x={isInside ? left + 10 : isBefore ? left - 8 : right + 8}
      y={y}
      textAnchor={isBefore ? 'end' : 'start'}
    >
      {name}
    </text>
  );
};
