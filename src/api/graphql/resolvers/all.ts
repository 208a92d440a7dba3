import { AuditResolver } from './audit.resolver.js';
import { ChangeMutations } from './change.mutations.js';
import { ChangeResolver } from './change.resolver.js';
import { CustomerResolver } from './customer.resolver.js';
import { ExceptionMutations } from './exception.mutations.js';
import { FeedResolver } from './feed.resolver.js';
import { ImportResolver } from './import.resolver.js';
import { LookupResolver } from './lookup.resolver.js';
import { MatrixResolver } from './matrix.resolver.js';
import { SettingsResolver } from './settings.resolver.js';
import { SignInMutations } from './sign-in.mutations.js';
import { WebhookResolver } from './webhook.resolver.js';

export const RESOLVERS = [
  MatrixResolver,
  LookupResolver,
  CustomerResolver,
  ChangeResolver,
  ChangeMutations,
  ExceptionMutations,
  ImportResolver,
  FeedResolver,
  AuditResolver,
  SettingsResolver,
  SignInMutations,
  WebhookResolver,
];
