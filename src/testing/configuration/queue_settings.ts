import type { AmiQueue } from "../server_options.ts";

type NumberSetting =
  | "timeout"
  | "retry"
  | "wrapUpTime"
  | "maxLength"
  | "serviceLevel";

type YesNoSetting = "joinEmpty" | "leaveWhenEmpty" | "ringInUse";

/** A setting of a queue: its name in `queues.conf`, and its option. */
type Setting =
  | { readonly key: string; readonly number: NumberSetting }
  | { readonly key: string; readonly yesNo: YesNoSetting };

/** The settings besides the strategy, in the order in which they are written. */
const SETTINGS: readonly Setting[] = [
  { key: "timeout", number: "timeout" },
  { key: "retry", number: "retry" },
  { key: "wrapuptime", number: "wrapUpTime" },
  { key: "maxlen", number: "maxLength" },
  { key: "joinempty", yesNo: "joinEmpty" },
  { key: "leavewhenempty", yesNo: "leaveWhenEmpty" },
  { key: "ringinuse", yesNo: "ringInUse" },
  { key: "servicelevel", number: "serviceLevel" },
];

/** Returns the lines of the settings that a queue has. */
export function settingLines(queue: AmiQueue): string[] {
  return SETTINGS.flatMap((setting) => {
    const value = "number" in setting
      ? queue[setting.number]
      : yesNo(queue[setting.yesNo]);
    return value === undefined ? [] : [`${setting.key}=${value}`];
  });
}

/** Reads a setting into a queue; what is not known has no effect. */
export function readSetting(queue: AmiQueue, key: string, value: string): void {
  const setting = SETTINGS.find((each) => each.key === key);
  if (setting === undefined) return;
  if ("number" in setting) queue[setting.number] = Number(value);
  else queue[setting.yesNo] = value === "yes";
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
