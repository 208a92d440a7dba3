import { Clock } from '../../src/application/ports/clock.js';
import type { Append } from '../../src/application/ports/event-store.js';
import { instantOf, type Instant } from '../../src/domain/shared/instant.js';
import { contractVersion, mappingVersion, tierVersion } from './events.js';
import { appendAll, builtHouse, type House } from './house.js';

export const MANY = 10_000;
export const FEW = 10;
export const STEADY = 'steady';
const START = Date.parse('2026-01-01T00:00:00Z');
const SPAN_MS = 300 * 24 * 3_600_000;

/** When a version of so many was recorded and took effect: they lie evenly in the span. */
export const instantOfVersion = (number: number, versions: number): Instant =>
  instantOf(START + Math.floor(((number - 1) * SPAN_MS) / versions));

/** Any instant of the span. */
export const anywhere = (): Instant => instantOf(START + Math.floor(Math.random() * SPAN_MS));

/** Mapped once, to a tier that has so many versions. */
export const onTierOf = (versions: number): string => `ON-TIER-${versions}`;
/** Mapped so many times, to a tier that has one version. */
export const remapped = (versions: number): string => `REMAPPED-${versions}`;

/** Customers with long and short histories, recorded over the same span. */
export const histories = (): Promise<House> => {
  const clock = new SetClock();
  return builtHouse(
    'histories',
    async (core) => {
      for (let step = 1; step <= MANY; step++) {
        clock.instant = instantOfVersion(step, MANY);
        await appendAll(core, versionsAt(step));
      }
    },
    { clock },
  );
};

/** Stands where it is set, so that a version is recorded when it is to be. */
class SetClock extends Clock {
  instant = instantOfVersion(1, MANY);

  now(): Instant {
    return this.instant;
  }
}

const versionsAt = function* (step: number): Generator<Append> {
  if (step === 1) yield tierVersion(STEADY, 1);
  for (const [rank, versions] of [FEW, MANY].entries()) {
    const stepsEach = MANY / versions;
    if ((step - 1) % stepsEach !== 0) continue;
    const number = (step - 1) / stepsEach + 1;
    const instant = instantOfVersion(number, versions);
    const tier = `tier-${versions}`;
    yield tierVersion(tier, rank + 2, number, instant);
    yield mappingVersion(remapped(versions), STEADY, number, instant);
    if (step > 1) continue;
    yield mappingVersion(onTierOf(versions), tier);
    yield contractVersion(onTierOf(versions), tier);
    yield contractVersion(remapped(versions), STEADY);
  }
};
