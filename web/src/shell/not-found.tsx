import { Link } from '@tanstack/react-router';
import { Page } from '../ui/page.js';

export const NotFound = () => (
  <Page title="There is no such page">
    <p>
      The address may be old or mistyped. <Link to="/">Look up a customer</Link> or{' '}
      <Link to="/matrix">open the matrix</Link>.
    </p>
  </Page>
);
