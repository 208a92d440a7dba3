import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/ask.js';
import { loadSession } from './api/session.js';
import { router } from './router.js';
import { SignInGate } from './shell/sign-in-gate.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/kit.css';
import './styles/shell.css';
import './styles/pages.css';
import './styles/matrix.css';
import './styles/long-table.css';

const RETRIED = new Set(['UNREACHABLE', 'UNAVAILABLE']);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 3 && error instanceof ApiError && RETRIED.has(error.code),
    },
  },
});

void loadSession();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <SignInGate>
        <RouterProvider router={router} />
      </SignInGate>
    </QueryClientProvider>
  </StrictMode>,
);
