/** Bytes that become more. */
export class ByteBuffer {
  /** The bytes, and room for more. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The number of bytes. */
  length = 0;

  /** @param size For how many bytes there is room at first. */
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  /** The bytes so far. */
  get content(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }

  /**
   * Makes room.
   *
   * @param count For how many bytes more.
   */
  ensure(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(2 * needed);
    larger.set(this.content);
    this.bytes = larger;
  }

  /**
   * Adds text.
   *
   * @param text The text.
   */
  add(text: string): void {
    // A code unit of UTF-16 takes up to three bytes of UTF-8.
    this.ensure(3 * text.length);
    const { written } = encoder.encodeInto(
      text,
      this.bytes.subarray(this.length),
    );
    this.length += written;
  }
}

const encoder = new TextEncoder();
