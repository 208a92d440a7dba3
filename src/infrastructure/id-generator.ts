import { createHash, randomUUID } from 'node:crypto';
import { IdGenerator } from '../application/ports/id-generator.js';

/** Fixed for ever: every derived id ever stored follows from it. */
const NAMESPACE = Buffer.from('6f1d2c5e8a4b4f0e9c3d7b2a1e5f4c60', 'hex');

/** RFC 9562 UUIDs: version 4 from the system's randomness, version 5 (SHA-1) from what an id must follow from. */
export class UuidGenerator extends IdGenerator {
  random(): string {
    return randomUUID();
  }

  derived(...parts: readonly string[]): string {
    // JSON keeps the borders between parts: ['ab', 'c'] and ['a', 'bc'] must not share an id.
    const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest();
    hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
    hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = hash.toString('hex', 0, 16);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
      '-',
    );
  }
}
