import type { FleetLive, FleetSource } from "@dami/dami/fleet";
import type { PbxShown } from "./shown.ts";

/** Follows the connection to one PBX, and the gaps in what was heard of it. */
export class Link {
  readonly #name: string;
  readonly #place: string;
  readonly #fleet: FleetSource;
  #live: FleetLive | undefined;
  #state: PbxShown["state"] = "connecting";
  #since = Date.now();
  /** The reason of the last loss. */
  #loss = "";
  #gaps = 0;
  #lastGap: PbxShown["lastGap"] = null;

  /**
   * Begins to follow.
   *
   * @param name The name of the PBX.
   * @param place Its place or name on the page.
   * @param fleet The fleet that it belongs to.
   */
  constructor(name: string, place: string, fleet: FleetSource) {
    this.#name = name;
    this.#place = place;
    this.#fleet = fleet;
    fleet.addEventListener("disconnect", ({ detail }) => {
      if (detail.pbx !== name) return;
      this.#loss = detail.error?.message ?? detail.reason;
      this.observe();
    });
    fleet.addEventListener("close", ({ detail }) => {
      if (detail.pbx === name) this.observe();
    });
    fleet.addEventListener("gap", ({ detail: { pbx, from, to } }) => {
      if (pbx !== name) return;
      this.#gaps++;
      this.#lastGap = { from: from.getTime(), to: to.getTime() };
    });
  }

  /** The connection. */
  get shown(): PbxShown {
    this.observe();
    return {
      key: this.#name,
      place: this.#place,
      state: this.#state,
      since: this.#since,
      reason: this.#reason(),
      gaps: this.#gaps,
      lastGap: this.#lastGap,
    };
  }

  /**
   * Follows the live state as well.
   *
   * @param live The live state of the fleet.
   */
  follow(live: FleetLive): void {
    this.#live = live;
    this.observe();
  }

  /** Takes note of the state, and since when it is this one. */
  observe(): void {
    const state = this.#present();
    if (state === this.#state) return;
    this.#state = state;
    this.#since = Date.now();
  }

  #reason(): string {
    switch (this.#state) {
      case "live":
        return "";
      case "lost":
        return this.#loss;
      default:
        return this.#fleet.failure(this.#name)?.message ?? "";
    }
  }

  #present(): PbxShown["state"] {
    const client = this.#fleet.get(this.#name).state;
    if (client === "closed") return "failed";
    if (this.#live?.state(this.#name) === "live") return "live";
    return this.#live?.pbx(this.#name) === undefined ? "connecting" : "lost";
  }
}
