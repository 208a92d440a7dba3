import { Link } from '@tanstack/react-router';
import { usePolicy } from '../../api/policy.js';
import { useMay } from '../../api/session.js';
import { Page, Panel } from '../../ui/page.js';
import { Empty } from '../../ui/states.js';
import { ExceptionRulePanel } from './exception-rule-panel.js';
import { WebhooksPanel } from './webhooks-panel.js';

export const SettingsPage = () => {
  const mayChange = useMay('settle');
  return (
    <Page title="Settings" about="What your organization has settled for itself." narrow>
      {mayChange ? (
        <>
          <ExceptionRulePanel />
          <ApprovalsPanel />
          <WebhooksPanel />
        </>
      ) : (
        <Empty title="These are for people with the role admin">
          <p>
            The <Link to="/policy">approval rules</Link> can be read by everybody.
          </p>
        </Empty>
      )}
    </Page>
  );
};

const ApprovalsPanel = () => {
  const { defaultApprovals, rules, allowSelfApproval, allowBackdating } = usePolicy();
  return (
    <Panel
      title="Approvals"
      actions={
        <Link className="button small" to="/policy">
          Approval rules
        </Link>
      }
    >
      <p>
        {defaultApprovals === 1 ? 'One approval puts' : `${defaultApprovals} approvals put`} a change into
        force
        {rules.length > 0 &&
          `, with ${rules.length === 1 ? 'one exception' : `${rules.length} exceptions`} from that rule`}
        . Proposers {allowSelfApproval ? 'may' : 'may not'} approve their own;{' '}
        {allowBackdating ? 'versions may begin in the past' : 'nothing may begin in the past'}.
      </p>
    </Panel>
  );
};
