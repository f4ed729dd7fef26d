import type { Channel } from "../calls/channel.ts";

/**
 * Writes the variables of a call (`setup_env()`, res/res_agi.c).
 *
 * @param request `async`, or the address of the FastAGI server.
 * @param args What `AGI()` was given besides.
 * @returns The lines, and the empty one that ends them.
 */
export function agiEnvironment(
  channel: Channel,
  request: string,
  args: readonly string[],
): string {
  const network = /^agi:\/\/[^/]*\/?(.*)$/.exec(request);
  const known = (value: string) => value === "<unknown>" ? "unknown" : value;
  const variables: [string, string | number][] = [
    ...(network === null ? [] : [
      ["agi_network", "yes"],
      ["agi_network_script", network[1] ?? ""],
    ] satisfies [string, string][]),
    ["agi_request", request],
    ["agi_channel", channel.name],
    ["agi_language", "en"],
    ["agi_type", channel.device.split("/")[0] ?? ""],
    ["agi_uniqueid", channel.uniqueid],
    ["agi_version", "22.10.1"],
    ["agi_callerid", known(channel.callerIdNum)],
    ["agi_calleridname", known(channel.callerIdName)],
    ["agi_callingpres", 67],
    ["agi_callingani2", 0],
    ["agi_callington", 0],
    ["agi_callingtns", 0],
    ["agi_dnid", "unknown"],
    ["agi_rdnis", "unknown"],
    ["agi_context", channel.context],
    ["agi_extension", channel.exten],
    ["agi_priority", channel.priority],
    ["agi_enhanced", "0.0"],
    ["agi_accountcode", channel.accountCode],
    ["agi_threadid", 1],
    ...args.map((
      arg,
      index,
    ): [string, string] => [`agi_arg_${index + 1}`, arg]),
  ];
  return `${
    variables.map(([name, value]) => `${name}: ${value}\n`).join("")
  }\n`;
}
