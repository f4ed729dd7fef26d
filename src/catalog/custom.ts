/**
 * Events of your own, by name: augment this interface, and DAMI knows them.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * declare module "@dami/dami" {
 *   interface CustomEvents {
 *     DoorOpened: { Door: string; Seconds?: number };
 *   }
 * }
 *
 * const dami = new DAMI();
 * dami.on("DoorOpened", (event) => console.log(event.Door));
 * ```
 */
// deno-lint-ignore no-empty-interface -- it is there to be augmented
export interface CustomEvents {}

/**
 * Actions of your own, by name: their `parameters`, and, where you want them
 * typed too, the headers of the `response`, and of a list the names of its
 * `items` and of its `completion`.
 *
 * @example
 * ```ts
 * import { DAMI } from "@dami/dami";
 *
 * declare module "@dami/dami" {
 *   interface CustomActions {
 *     OpenDoor: {
 *       parameters: { Door: string; Seconds?: number };
 *       response: { OpenedAt?: string };
 *     };
 *   }
 * }
 *
 * const dami = new DAMI();
 * const [response] = await dami.to("OpenDoor", { Door: "front" });
 * console.log(response.OpenedAt);
 * ```
 */
// deno-lint-ignore no-empty-interface -- it is there to be augmented
export interface CustomActions {}
