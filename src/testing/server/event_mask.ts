/** The bits of the event classes (`EVENT_FLAG_*`, include/asterisk/manager.h). */
const CLASS_BITS: ReadonlyMap<string, number> = new Map([
  ["system", 1 << 0],
  ["call", 1 << 1],
  ["log", 1 << 2],
  ["verbose", 1 << 3],
  ["command", 1 << 4],
  ["agent", 1 << 5],
  ["user", 1 << 6],
  ["config", 1 << 7],
  ["dtmf", 1 << 8],
  ["reporting", 1 << 9],
  ["cdr", 1 << 10],
  ["dialplan", 1 << 11],
  ["originate", 1 << 12],
  ["agi", 1 << 13],
  ["cc", 1 << 15],
  ["aoc", 1 << 16],
  ["test", 1 << 17],
  ["security", 1 << 18],
  ["message", 1 << 30],
]);

/** Every class. */
export const ALL_EVENTS = 0x7fffffff;

/** The texts that `ast_true()` takes as yes (main/utils.c). */
const YES = /^(yes|true|y|t|1|on)$/i;

/** Reports whether `ast_true()` takes the text as yes. */
export function isYes(text: string): boolean {
  return YES.test(text);
}

/** The texts that `ast_false()` takes as no (main/utils.c). */
const NO = /^(no|false|n|f|0|off)$/i;

/**
 * Reports whether the list names the class, as `ast_instring()` of
 * main/manager.c finds it: an item that is not the last one matches every class
 * that it is the beginning of, so an empty item matches all.
 */
function names(list: string, label: string): boolean {
  const items = list.split(",");
  const last = items.pop();
  if (items.some((item) => label.startsWith(item))) return true;
  return last === label;
}

/**
 * The bits of an event mask: `on`, `off`, a decimal number, or a list of
 * classes (`strings_to_mask()`, main/manager.c).
 *
 * @returns The bits; -1 if the text is empty.
 */
export function parseEventMask(text: string): number {
  if (text === "") return -1;
  if (/^\d+$/.test(text)) return Number(text) & ALL_EVENTS;
  if (NO.test(text)) return 0;
  if (YES.test(text)) return ALL_EVENTS;
  if (names(text, "all")) return ALL_EVENTS;
  let mask = 0;
  for (const [label, bit] of CLASS_BITS) {
    if (names(text, label)) mask |= bit;
  }
  return mask;
}

/**
 * The bits that a mask must hold for an event to pass.
 *
 * @param privilege The value of the event's `Privilege`, such as `call,all`.
 */
export function privilegeBits(privilege: string): number {
  let bits = 0;
  for (const label of privilege.split(",")) {
    bits |= CLASS_BITS.get(label.trim().toLowerCase()) ?? 0;
  }
  return bits;
}
