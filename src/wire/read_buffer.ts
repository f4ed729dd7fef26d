/** The size for a connection with little traffic (bytes). */
const MIN_BYTES = 1_024;

/** The most bytes that are read at once. */
const MAX_BYTES = 65_536;

/** The factor by which it grows when a read fills it. */
const GROWTH = 4;

/** Number of small reads in a row that show that a flood is over. */
const SMALL_READS = 64;

/**
 * The buffer that a connection reads into. It grows where reads fill it, as a
 * flood is read twice as fast in large pieces, and shrinks after a flood: with
 * hundreds of PBXs most connections are idle.
 */
export class ReadBuffer {
  #bytes = new Uint8Array(MIN_BYTES);
  #smallReads = 0;

  /** The buffer for the next read. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /**
   * Fits the buffer to a read, whose bytes must have been used.
   *
   * @param length The number of bytes that were read.
   */
  fit(length: number): void {
    const size = this.#bytes.length;
    if (length > MIN_BYTES) this.#smallReads = 0;
    else if (size > MIN_BYTES && ++this.#smallReads >= SMALL_READS) {
      this.#resize(MIN_BYTES);
    }
    if (length === size && size < MAX_BYTES) this.#resize(size * GROWTH);
  }

  #resize(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#smallReads = 0;
  }
}
