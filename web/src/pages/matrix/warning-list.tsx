import type { LintWarning } from './matrix.graphql.js';

/** What is probably not meant. It hinders nobody; it is only never silent. */
export const WarningList = ({ warnings }: { readonly warnings: readonly LintWarning[] }) =>
  warnings.length === 0 ? null : (
    <section className="notice proposed no-print" aria-label="Warnings">
      <h2>
        {warnings.length === 1 ? 'One thing looks unintended' : `${warnings.length} things look unintended`}
      </h2>
      <ul>
        {warnings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>{message}</li>
        ))}
      </ul>
    </section>
  );
