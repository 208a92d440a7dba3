import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { ErrorNote } from '../ui/states.js';

/** Where a page could not be fetched, or broke: what it says, and the way out. The rest of the app stays. */
export const Broken = ({ error }: ErrorComponentProps) => {
  const router = useRouter();
  return (
    <Page title="This page cannot be shown">
      <ErrorNote error={error} />
      <div>
        <Button kind="primary" onClick={() => void router.invalidate()}>
          Try again
        </Button>
      </div>
    </Page>
  );
};
