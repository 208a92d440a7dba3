import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/states.js';

export const NotFound = () => (
  <Empty title="There is no such page">
    <p>
      The address may be old or mistyped. <Link to="/">Look up a customer</Link> or{' '}
      <Link to="/matrix">open the matrix</Link>.
    </p>
  </Empty>
);
