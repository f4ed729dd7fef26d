import type {
  AmiConfiguration,
  AmiQueue,
  ResolvedServerOptions,
} from "../server_options.ts";

/** A configuration file, given or made of the options. */
export function findConfiguration(
  { configurations, queues }: ResolvedServerOptions,
  filename: string,
): AmiConfiguration | undefined {
  const given = configurations[filename];
  if (given !== undefined) return given;
  return filename === "queues.conf" ? queuesConfiguration(queues) : undefined;
}

function queuesConfiguration(queues: readonly AmiQueue[]): AmiConfiguration {
  const configuration: Record<string, string[]> = {
    general: ["persistentmembers=no"],
  };
  for (const { name, strategy = "ringall", timeout, members = [] } of queues) {
    const lines = [`strategy=${strategy}`];
    if (timeout !== undefined) lines.push(`timeout=${timeout}`);
    for (const member of members) {
      const parts = [member.interface, `${member.penalty ?? 0}`];
      if (member.name !== undefined) parts.push(member.name);
      if (member.stateInterface !== undefined) {
        parts.push(member.stateInterface);
      }
      lines.push(`member=${parts.join(",")}`);
    }
    configuration[name] = lines;
  }
  return configuration;
}
