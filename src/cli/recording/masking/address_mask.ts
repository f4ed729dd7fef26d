import { createHmac, type Hmac } from "node:crypto";
import { Memo } from "./memo.ts";

/** Networks of IPv4 that are nobody's: of this host, private, and for many at once. */
const OWN_V4 =
  /^(?:0|10|127|22[4-9]|23\d|24\d|25[0-5])\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** Networks of IPv6 that are nobody's, and those for documentation, which masks are from. */
const OWN_V6 = /^(?:::1?$|f[cdef]|2001:db8:)/i;

/**
 * Masks IP addresses: the same one always becomes the same one of the networks
 * that are for tests (198.18.0.0/15) and for documentation (2001:db8::/32).
 * Addresses of private networks stay: they do not reveal where the PBX is, only
 * whether there is a router in between.
 */
export class AddressMask {
  readonly #key: Uint8Array;
  readonly #v4 = new Memo((address) => this.#maskV4(address));
  readonly #v6 = new Memo((address) => this.#maskV6(address));

  /** @param key The key, which nobody should be able to guess. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /**
   * Masks an address of IPv4.
   *
   * @param address Four numbers up to 255.
   * @returns Another address, or the same if it is a private one.
   */
  maskV4(address: string): string {
    return OWN_V4.test(address) ? address : this.#v4.get(address);
  }

  /**
   * Masks an address of IPv6.
   *
   * @param address An address, without brackets.
   * @returns Another address, or the same if it is a private one, or none at all.
   */
  maskV6(address: string): string {
    if (OWN_V6.test(address) || !URL.canParse(`http://[${address}]`)) {
      return address;
    }
    return this.#v6.get(address.toLowerCase());
  }

  #maskV4(address: string): string {
    const [first = 0, second = 0, third = 0] = this.#hash(address).digest();
    return `198.${18 + first % 2}.${second}.${third}`;
  }

  #maskV6(address: string): string {
    const hash = this.#hash(address).digest("hex");
    return `2001:db8::${hash.slice(0, 4)}:${hash.slice(4, 8)}`;
  }

  #hash(address: string): Hmac {
    return createHmac("sha256", this.#key).update(`address:${address}`);
  }
}
