import { useElementScrollRestoration } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import type { Pages } from '../api/pages.js';
import { Button } from './button.js';
import { ErrorNote } from './states.js';

export interface Column<Row> {
  readonly title: string;
  /** A track of the grid: `minmax(120px, 1fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly pages: Pages<Row>;
  readonly keyOf: (row: Row) => string;
  /** Place of the line that single keys act on. */
  readonly current?: number;
  /** What stands under the lines. */
  readonly foot?: ReactNode;
}

const LINE_PX = 46;
/** Lines before the end of what is read at which the next page is asked for. */
const AHEAD = 60;

/** How high lines turned out to be, so that Back leads to the very line that was left. */
const MEASURED = new Map<string, VirtualItem[]>();

/**
 * A table of any length. Only the lines in sight exist, so that the hundred-thousandth costs what the first did; the one
 * that holds the focus stays. More is read as the end comes near, or by the button for those who do not scroll.
 */
export const LongTable = <Row,>({ label, columns, pages, keyOf, current, foot }: Props<Row>) => {
  const { nodes, total, hasMore, isReading, readOn, query } = pages;
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const left = useElementScrollRestoration({ id: label });
  const lines = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(nodes[index]!),
    estimateSize: () => LINE_PX,
    overscan: 12,
    initialOffset: left?.scrollY ?? 0,
    initialMeasurementsCache: MEASURED.get(label) ?? [],
    rangeExtractor: (range) => {
      const inSight = defaultRangeExtractor(range);
      return focused === null || focused >= range.count || inSight.includes(focused)
        ? inSight
        : [...inSight, focused].sort((a, b) => a - b);
    },
  });
  useEffect(() => () => void MEASURED.set(label, lines.measurementsCache), [label, lines]);
  const items = lines.getVirtualItems();
  const last = lines.range?.endIndex ?? 0;
  const { isFetchNextPageError } = query;
  useEffect(() => {
    if (hasMore && !isReading && !isFetchNextPageError && last >= nodes.length - AHEAD) readOn();
  }, [hasMore, isReading, isFetchNextPageError, last, nodes.length, readOn]);
  useEffect(() => {
    if (current !== undefined) lines.scrollToIndex(current);
  }, [current, lines]);
  return (
    <div
      className="panel long-table"
      style={{ '--tracks': columns.map(({ width }) => width).join(' ') } as CSSProperties}
    >
      {pages.isOld && (
        <p className="notice proposed row apart no-print">
          Something has changed since this was read.
          <Button size="small" onClick={pages.readAgain}>
            Read it again
          </Button>
        </p>
      )}
      <div
        className="scroller"
        ref={scroller}
        role="region"
        aria-label={label}
        tabIndex={0}
        data-scroll-restoration-id={label}
      >
        <div role="table" aria-label={label} aria-rowcount={total === null ? -1 : total + 1}>
          <div role="rowgroup" className="head">
            <div role="row" className="line" aria-rowindex={1}>
              {columns.map(({ title }) => (
                <span key={title} role="columnheader">
                  {title}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="lines" style={{ height: lines.getTotalSize() }}>
            {items.map(({ index, start, key }) => {
              const row = nodes[index];
              if (row === undefined) return null;
              return (
                <div
                  key={key}
                  ref={lines.measureElement}
                  data-index={index}
                  role="row"
                  className="line"
                  style={{ transform: `translateY(${start}px)` }}
                  aria-rowindex={index + 2}
                  aria-current={index === current || undefined}
                  onFocus={() => setFocused(index)}
                  onBlur={() => setFocused(null)}
                >
                  {columns.map(({ title, cell }) => (
                    <div key={title} role="cell" data-title={title}>
                      {cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {isFetchNextPageError && <ErrorNote error={query.error} />}
      {(hasMore || foot !== undefined) && (
        <div className="row apart soft small body-line no-print">
          {hasMore && (
            <span className="row">
              {nodes.length.toLocaleString()}
              {total !== null && ` of ${total.toLocaleString()}`}
              {/* Never disabled: that would take the focus from whoever reads on by the keyboard. */}
              <Button size="small" onClick={readOn}>
                {isFetchNextPageError ? 'Try again' : 'Show more'}
              </Button>
            </span>
          )}
          {foot}
        </div>
      )}
    </div>
  );
};
