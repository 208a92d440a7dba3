import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { UNREACHABLE } from './api/ask.js';
import { Broken } from './shell/broken.js';
import { NotFound } from './shell/not-found.js';
import { Shell } from './shell/shell.js';
import { Loading } from './ui/states.js';

/** Every page by its address. What is asked stands in the address, so that a link leads to the answer. */
const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

type Search = Readonly<Record<string, unknown>>;

/** The parameters of these names that are there, as text. */
const texts =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Search): { [Key in Name]?: string } =>
    Object.fromEntries(
      names
        .filter((name) => search[name] !== undefined && search[name] !== '')
        .map((name) => [name, String(search[name])]),
    ) as { [Key in Name]?: string };

/**
 * The router reloads the page when a part of it is gone, as after an upgrade. While nobody answers, that would leave
 * the browser's own error and nothing to come back to: it is said instead.
 */
const unlessAway =
  <Part,>(load: () => Promise<Part>) =>
  (): Promise<Part> =>
    load().catch(async (error: unknown) => {
      const isThere = await fetch('/healthz').then(
        ({ ok }) => ok,
        () => false,
      );
      throw isThere ? error : new Error(UNREACHABLE);
    });

const route = <Path extends string, Name extends string>(
  path: Path,
  load: () => Promise<Record<string, unknown>>,
  name: string,
  ...search: readonly Name[]
) =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: texts<Name>(...search),
    component: lazyRouteComponent(unlessAway(load) as never, name as never),
    pendingComponent: () => <Loading height={420} />,
  });

const tree = root.addChildren([
  route('/', () => import('./pages/lookup/lookup-page.js'), 'LookupPage', 'id', 'by', 'at', 'knownAt'),
  route('/matrix', () => import('./pages/matrix/matrix-page.js'), 'MatrixPage', 'at', 'knownAt', 'from'),
  route('/changes', () => import('./pages/changes/changes-page.js'), 'ChangesPage', 'view'),
  route('/changes/$id', () => import('./pages/changes/change-page.js'), 'ChangePage', 'revise'),
  route(
    '/customers',
    () => import('./pages/customers/customers-page.js'),
    'CustomersPage',
    'search',
    'tier',
    'exception',
  ),
  route(
    '/customers/$id',
    () => import('./pages/customers/customer-page.js'),
    'CustomerPage',
    'at',
    'knownAt',
  ),
  route('/remap', () => import('./pages/propose/remap-page.js'), 'RemapPage', 'ids', 'to'),
  route('/contract', () => import('./pages/propose/contract-page.js'), 'ContractPage', 'id', 'customer'),
  route('/coverage', () => import('./pages/propose/coverage-page.js'), 'CoveragePage', 'key'),
  route('/policy', () => import('./pages/propose/policy-page.js'), 'PolicyPage'),
  route('/settings', () => import('./pages/settings/settings-page.js'), 'SettingsPage'),
  route(
    '/exceptions',
    () => import('./pages/exceptions/exceptions-page.js'),
    'ExceptionsPage',
    'customer',
    'kind',
    'status',
    'at',
    'knownAt',
  ),
  route('/history', () => import('./pages/history/history-page.js'), 'HistoryPage', 'kind', 'id', 'a', 'b'),
  route(
    '/audit',
    () => import('./pages/audit/audit-page.js'),
    'AuditPage',
    'actor',
    'type',
    'change',
    'from',
    'to',
  ),
  route('/import', () => import('./pages/import/import-page.js'), 'ImportPage'),
  route('/import/$id', () => import('./pages/import/import-report-page.js'), 'ImportReportPage', 'outcome'),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
  // Parameters are text, as people write them: `a=2`, not `a=%222%22`.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return query && `?${query}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
