/** Gives out the numbers that tell the channels of one PBX apart. */
export class ChannelNumbers {
  #channelCount = 0;
  #localCount = 0;
  #endpointCount = 0;

  /**
   * A new `Uniqueid`: the time and the number of the channel.
   *
   * @param wished Taken in its place if it is not empty.
   */
  uniqueid(wished = ""): string {
    const count = this.#channelCount++;
    return wished === ""
      ? `${Math.floor(Date.now() / 1_000)}.${count}`
      : wished;
  }

  /** What the name of the next Local channel ends with. */
  local(): string {
    return hex(this.#localCount++);
  }

  /** What the name of the next channel of an endpoint ends with. */
  endpoint(): string {
    return hex(this.#endpointCount++);
  }
}

function hex(count: number): string {
  return count.toString(16).padStart(8, "0");
}
