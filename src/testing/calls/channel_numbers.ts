/** Numbers the channels of one PBX. */
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

  /** Returns the end of the name of the next Local channel. */
  local(): string {
    return hex(this.#localCount++);
  }

  /** Returns the end of the name of the next channel of an endpoint. */
  endpoint(): string {
    return hex(this.#endpointCount++);
  }
}

function hex(count: number): string {
  return count.toString(16).padStart(8, "0");
}
