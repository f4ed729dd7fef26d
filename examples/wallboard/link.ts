import type { DAMI } from "@dami/dami";
import type { LivePbx } from "@dami/dami/live";
import type { GapsShown, LinkShown } from "./shown.ts";

/** Follows the connection to the PBX, and the gaps in what was heard of it. */
export class Link {
  readonly #pbx: string;
  #state: LinkShown["state"] = "connecting";
  #since = Date.now();
  #reason = "";
  #gaps: GapsShown = { count: 0, last: null };

  /**
   * Begins to follow.
   *
   * @param place Where the PBX is, in words.
   * @param dami The connection.
   */
  constructor(place: string, dami: DAMI) {
    this.#pbx = place;
    dami.addEventListener("disconnect", ({ detail }) => {
      this.#set("lost", detail.error?.message ?? detail.reason);
    });
    dami.addEventListener("gap", ({ detail }) => {
      const { from, to } = detail;
      this.#gaps = {
        count: this.#gaps.count + 1,
        last: { from: from.getTime(), to: to.getTime() },
      };
    });
    dami.addEventListener("close", () => this.#set("failed", this.#reason));
  }

  /** The gaps so far. */
  get gaps(): GapsShown {
    return this.#gaps;
  }

  /** The connection. */
  get shown(): LinkShown {
    return {
      state: this.#state,
      since: this.#since,
      pbx: this.#pbx,
      reason: this.#reason,
    };
  }

  /**
   * What the PBX has is known, from here on and again after each gap.
   *
   * @param live What is known of it.
   */
  follow(live: LivePbx): void {
    this.#set("live", "");
    live.addEventListener("snapshot-end", () => this.#set("live", ""));
  }

  /**
   * The login was in vain.
   *
   * @param reason Why.
   */
  fail(reason: string): void {
    this.#set("failed", reason);
  }

  #set(state: LinkShown["state"], reason: string): void {
    if (state !== this.#state) this.#since = Date.now();
    this.#state = state;
    this.#reason = reason;
  }
}
