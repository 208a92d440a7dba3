import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { PasswordHasher } from '../../application/ports/password-hasher.js';
import { Semaphore } from './semaphore.js';

/** `2 ** logN` blocks of `128 * r` bytes, gone through `p` times. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and as much work as the usual advice of 2^17 blocks once, in a quarter of its memory. */
const COST: ScryptCost = { logN: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Each takes its memory and a thread of the pool that files need too. */
const AT_ONCE = 2;
const WAITING = 64;

const ENCODED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** scrypt of node:crypto, in PHC string format, two at a time. Rejects with BusyError when too many wait. */
export class ScryptPasswordHasher extends PasswordHasher {
  private readonly slots = new Semaphore(AT_ONCE, WAITING);
  private readonly decoy: string;

  constructor(private readonly cost: ScryptCost = COST) {
    super();
    this.decoy = encode(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return encode(this.cost, salt, await this.derive(password, salt, this.cost));
  }

  async verify(password: string, encoded: string | null): Promise<boolean> {
    const { cost, salt, key } = decode(encoded ?? this.decoy);
    const same = timingSafeEqual(await this.derive(password, salt, cost), key);
    return same && encoded !== null;
  }

  private derive(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
    const N = 2 ** logN;
    const options = { N, r, p, maxmem: 256 * N * r };
    // One password is one, however a keyboard composes its letters.
    const text = password.normalize('NFKC');
    return this.slots.run(
      () =>
        new Promise((resolve, reject) => {
          scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
        }),
    );
  }
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const encode = ({ logN, r, p }: ScryptCost, salt: Buffer, key: Buffer): string =>
  `$scrypt$ln=${logN},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;

const decode = (encoded: string): { cost: ScryptCost; salt: Buffer; key: Buffer } => {
  const match = ENCODED.exec(encoded);
  if (match === null) throw new Error('A stored password hash has an unknown form. Set the password anew.');
  const [, logN, r, p, salt = '', key = ''] = match;
  return {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
};
