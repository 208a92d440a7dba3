import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { graphql } from '../api/graphql.js';
import { useAsk } from '../api/hooks.js';
import { follow, useLiveState, type LiveState } from '../api/live.js';
import { useMay } from '../api/session.js';
import { Badge, type Tone } from '../ui/badge.js';
import { AccountMenu } from './account-menu.js';

const Waiting = graphql(`
  query Waiting {
    awaiting: changes(filter: { awaitingMe: true }, first: 1) {
      totalCount
    }
    exceptions(filter: { status: OPEN }, first: 1) {
      totalCount
    }
  }
`);

/** Nothing tells of proposals as they come; the count is looked at every so often, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

export const Shell = () => {
  const client = useQueryClient();
  useEffect(() => follow(client), [client]);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const first = useRef(true);
  useEffect(() => {
    // Who hears the page learns that it changed; on the first load the focus stays where the browser put it.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    // On a phone the pages are a row wider than the screen.
    document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <div className="shell">
      <a className="button skip" href="#main">
        Skip to the page
      </a>
      <header className="top no-print">
        <Link to="/" className="brand plain">
          <img src="/favicon.svg" alt="" />
          SLA matrix
        </Link>
        <Live />
        <AccountMenu />
      </header>
      <nav className="side no-print" aria-label="Pages">
        <Pages />
      </nav>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
};

const Pages = () => {
  const mayPropose = useMay('propose');
  const mayAudit = useMay('audit');
  const maySettle = useMay('settle');
  const { data } = useAsk(Waiting, {}, { every: LOOK_EVERY_MS, keep: true });
  const pages = [
    { to: '/', text: 'Look up' },
    { to: '/matrix', text: 'Matrix' },
    { to: '/changes', text: 'Changes', count: data?.awaiting.totalCount ?? 0, of: 'awaiting you' },
    { to: '/exceptions', text: 'Exceptions', count: data?.exceptions.totalCount ?? 0, of: 'open' },
    { to: '/customers', text: 'Customers' },
    { to: '/coverage', text: 'Coverage' },
    { to: '/history', text: 'History' },
    ...(mayPropose ? [{ to: '/import', text: 'Import' } as const] : []),
    { to: '/policy', text: 'Approval rules' },
    ...(mayAudit ? [{ to: '/audit', text: 'Audit' } as const] : []),
    ...(maySettle ? [{ to: '/settings', text: 'Settings' } as const] : []),
  ] as const;
  return (
    <ul>
      {pages.map((page) => (
        <li key={page.to}>
          <Link
            to={page.to}
            activeOptions={{ exact: page.to === '/', includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {page.text}
            {'count' in page && page.count > 0 && (
              <span className="count">
                {page.count}
                <span className="visually-hidden"> {page.of}</span>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
};

const LIVE: Readonly<Record<LiveState, readonly [Tone, string, string]>> = {
  live: ['live', 'Live', 'Approved changes appear here by themselves.'],
  connecting: ['neutral', 'Connecting', 'The line to the server is being opened.'],
  away: [
    'proposed',
    'Reconnecting',
    'The line to the server is down and is being tried again. What you see may be old.',
  ],
};

const Live = () => {
  const [tone, text, title] = LIVE[useLiveState()];
  return (
    <span role="status" title={title}>
      <Badge tone={tone}>{text}</Badge>
    </span>
  );
};
