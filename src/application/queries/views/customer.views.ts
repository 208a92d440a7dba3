import type { LocalDate } from '../../../domain/shared/instant.js';
import type { Terms } from '../../../domain/terms/terms.js';
import type { SlaException, Version } from './promise.views.js';

export interface Contract {
  readonly id: string;
  readonly customerId: string;
  readonly tier: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly overrides: Terms | null;
  /** Decimal text. */
  readonly annualValue: string | null;
  readonly currency: string | null;
  readonly creditsEnabled: boolean;
  readonly csmEmail: string | null;
  readonly version: Version;
}

export interface Customer {
  readonly id: string;
  readonly name: string | null;
  readonly mappedTier: string | null;
  readonly contracts: readonly Contract[];
  readonly exceptions: readonly SlaException[];
}
