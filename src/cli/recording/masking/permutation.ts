import { createHmac } from "node:crypto";

/** Enough that nothing of the value is left to be seen. */
const ROUNDS = 8;

/** Digits of a number, each one below its radix. */
type Digits = readonly number[];

/**
 * Exchanges values for others of the same shape, by a key: the same one always
 * for the same, different ones for different, and none for itself. Without the
 * key nobody finds the way back.
 *
 * It needs no memory of what it has exchanged. A Feistel network, as the
 * format-preserving encryption FF1 (NIST SP 800-38G) is one, shuffles the
 * values into a circle, and each is exchanged for its neighbour there.
 */
export class Permutation {
  readonly #key: Uint8Array;

  /** @param key The key, which nobody should be able to guess. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /**
   * Exchanges a value.
   *
   * @param value Digits, each one below its radix.
   * @param radices The number of digits at each place.
   * @param tweak Values with different ones are exchanged differently.
   * @returns Digits, each one below its radix.
   */
  exchange(value: Digits, radices: Digits, tweak: string): number[] {
    const middle = radices.length >> 1;
    const shape: Shape = {
      left: radices.slice(0, middle),
      right: radices.slice(middle),
      tweak: `${tweak}:${radices.join(".")}`,
    };
    const place = this.#shuffle(
      toNumber(value.slice(0, middle), shape.left),
      toNumber(value.slice(middle), shape.right),
      shape,
    );
    const [left, right] = this.#unshuffle(...next(place, shape), shape);
    return [
      ...toDigits(left, shape.left),
      ...toDigits(right, shape.right),
    ];
  }

  #shuffle(left: bigint, right: bigint, shape: Shape): [bigint, bigint] {
    for (let round = 0; round < ROUNDS; round++) {
      if (round % 2 === 0) {
        left = (left + this.#noise(round, right, shape)) % size(shape.left);
      } else {
        right = (right + this.#noise(round, left, shape)) % size(shape.right);
      }
    }
    return [left, right];
  }

  #unshuffle(left: bigint, right: bigint, shape: Shape): [bigint, bigint] {
    for (let round = ROUNDS - 1; round >= 0; round--) {
      if (round % 2 === 0) {
        const modulus = size(shape.left);
        const noise = this.#noise(round, right, shape) % modulus;
        left = (left + modulus - noise) % modulus;
      } else {
        const modulus = size(shape.right);
        const noise = this.#noise(round, left, shape) % modulus;
        right = (right + modulus - noise) % modulus;
      }
    }
    return [left, right];
  }

  #noise(round: number, half: bigint, { tweak }: Shape): bigint {
    const hash = createHmac("sha256", this.#key)
      .update(`${round}:${half}:${tweak}`)
      .digest("hex");
    return BigInt(`0x${hash}`);
  }
}

/** The properties that all values of one kind share. */
interface Shape {
  left: Digits;
  right: Digits;
  tweak: string;
}

function size(radices: Digits): bigint {
  return radices.reduce((product, radix) => product * BigInt(radix), 1n);
}

/** The neighbour on the circle. */
function next(
  [left, right]: [bigint, bigint],
  shape: Shape,
): [bigint, bigint] {
  const rightSize = size(shape.right);
  const following = (right + 1n) % rightSize;
  const carry = following === 0n ? 1n : 0n;
  return [(left + carry) % size(shape.left), following];
}

function toNumber(digits: Digits, radices: Digits): bigint {
  return digits.reduce(
    (number, digit, index) =>
      number * BigInt(radices[index] ?? 1) + BigInt(digit),
    0n,
  );
}

function toDigits(number: bigint, radices: Digits): number[] {
  const digits: number[] = [];
  for (const radix of radices.toReversed()) {
    digits.unshift(Number(number % BigInt(radix)));
    number /= BigInt(radix);
  }
  return digits;
}
