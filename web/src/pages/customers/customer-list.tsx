import { useVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { inWords } from '../../lib/format.js';
import { Badge } from '../../ui/badge.js';
import type { CustomerLine } from './customers.graphql.js';

interface Props {
  readonly customers: readonly CustomerLine[];
  readonly total: number;
  /** The end of what is loaded comes into sight. */
  readonly onEnd: () => void;
  readonly mayRemap: boolean;
}

const LINE_PX = 46;
const AHEAD = 60;

/** Only the lines in sight exist, so that the hundred-thousandth costs what the first did. */
export const CustomerList = ({ customers, total, onEnd, mayRemap }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const lines = useVirtualizer({
    count: customers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 12,
  });
  const items = lines.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= customers.length - AHEAD) onEnd();
  });
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className="panel">
      <header>
        <h2 aria-live="polite">{total.toLocaleString()} customers</h2>
        {chosen.size > 0 && (
          <Link className="button small primary" to="/remap" search={{ ids: [...chosen].join(',') }}>
            Remap {chosen.size}
          </Link>
        )}
      </header>
      <div className="virtual" ref={scroller} role="region" aria-label="Customers" tabIndex={0}>
        <div role="list" style={{ height: lines.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const customer = customers[index];
            if (!customer) return null;
            return (
              <div
                key={customer.id}
                role="listitem"
                className="line"
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={total}
              >
                <span className="row nowrap">
                  {mayRemap && (
                    <input
                      type="checkbox"
                      aria-label={`Choose ${customer.id}`}
                      checked={chosen.has(customer.id)}
                      onChange={() => toggle(customer.id)}
                    />
                  )}
                  <Link to="/customers/$id" params={{ id: customer.id }}>
                    {customer.id}
                  </Link>
                </span>
                <span>{customer.name}</span>
                <span>{customer.mappedTier ?? <span className="soft">not mapped</span>}</span>
                <span>
                  {customer.exceptions[0] ? (
                    <Badge tone="wrong">{inWords(customer.exceptions[0].kind)}</Badge>
                  ) : (
                    <span className="soft">{customer.contracts.map(({ id }) => id).join(', ')}</span>
                  )}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
