import type { ReactNode } from 'react';
import { inWords } from '../lib/format.js';

export type Tone = 'live' | 'proposed' | 'scheduled' | 'wrong' | 'neutral';

export const Badge = ({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => <span className={`badge ${tone}`}>{children}</span>;

const OF_STATUS: Readonly<Record<string, Tone>> = {
  PROPOSED: 'proposed',
  APPROVED: 'live',
  REJECTED: 'wrong',
  OPEN: 'wrong',
  ACKNOWLEDGED: 'proposed',
  WAIVED: 'scheduled',
  RESOLVED: 'live',
};

export const StatusBadge = ({ status }: { readonly status: string }) => (
  <Badge tone={OF_STATUS[status] ?? 'neutral'}>{inWords(status)}</Badge>
);
