import type { DAMIData } from "../../data.ts";
import type { ChangeOf } from "./change_of.ts";
import { number, text } from "./fields.ts";
import type { FrameContext } from "./frame_context.ts";
import { copied } from "../../detached.ts";

/** An extension with a hint, which shows whether its devices are free. A record is never changed, it is replaced. */
export interface Extension {
  /** The extension. */
  readonly exten: string;
  /** Its context. */
  readonly context: string;
  /** The devices that it stands for, such as `PJSIP/6001`. */
  readonly hint: string;
  /** Its state as a number: 0 idle, 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold, and sums of them. */
  readonly status: number;
  /** The state in words, such as `InUse&Ringing`. */
  readonly statusText: string;
}

/** The changes of an extension. */
export interface ExtensionChanges {
  /** An extension has another state, or is new. */
  "extension-changed": {
    /** The extension. */
    readonly extension: Extension;
    /** The extension before; `undefined` if it is new. */
    readonly before: Extension | undefined;
  };
  /** An extension no longer has a hint. */
  "extension-removed": { readonly extension: Extension };
}

/** The event of an extension with another state. */
export const EXTENSION_EVENT = "ExtensionStatus";

/**
 * Returns the key of an extension.
 *
 * @param event {@linkcode EXTENSION_EVENT}.
 * @returns `exten@context`.
 */
export function extensionKey(event: DAMIData): string {
  return `${text(event.Exten)}@${text(event.Context)}`;
}

/**
 * Applies an event to an extension.
 *
 * @param extension The extension before, if it was known.
 * @param event {@linkcode EXTENSION_EVENT}, or an item of `ExtensionStateList`, which is the same.
 * @param context The texts in common.
 * @returns The extension after it, `undefined` if its hint was removed; the same record if nothing is new.
 */
export function reduceExtension(
  extension: Extension | undefined,
  event: DAMIData,
  { texts }: FrameContext,
): Extension | undefined {
  const status = number(event.Status);
  // AST_EXTENSION_REMOVED and AST_EXTENSION_DEACTIVATED (include/asterisk/pbx.h).
  if (status < 0) return undefined;
  const hint = text(event.Hint);
  const statusText = text(event.StatusText);
  if (
    extension?.status === status && extension.hint === hint &&
    extension.statusText === statusText
  ) return extension;
  return {
    exten: extension?.exten ?? copied(text(event.Exten)),
    context: texts.common(text(event.Context)),
    hint: copied(hint),
    status,
    statusText: texts.common(statusText),
  };
}

/**
 * Returns the change between two records of an extension.
 *
 * @param before The extension before; `undefined` if it is new.
 * @param after The extension after; `undefined` if it is gone.
 * @param at When it changed.
 * @returns The change; `undefined` if there is none.
 */
export function extensionChange(
  before: Extension | undefined,
  after: Extension | undefined,
  at: number,
): ChangeOf<ExtensionChanges> | undefined {
  if (after !== undefined) {
    return { type: "extension-changed", at, extension: after, before };
  }
  return before && { type: "extension-removed", at, extension: before };
}
