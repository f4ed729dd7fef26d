import type {
  AmiConfiguration,
  AmiQueue,
  ResolvedServerOptions,
} from "../server_options.ts";
import { settingLines } from "./queue_settings.ts";

/** A configuration file, given or made of the options. */
export function findConfiguration(
  { configurations, queues, extensions }: ResolvedServerOptions,
  filename: string,
): AmiConfiguration | undefined {
  const given = configurations[filename];
  if (given !== undefined) return given;
  switch (filename) {
    case "queues.conf":
      return queuesConfiguration(queues);
    case "extensions.conf":
      return extensionsConfiguration(extensions);
  }
  return undefined;
}

function queuesConfiguration(queues: readonly AmiQueue[]): AmiConfiguration {
  const configuration: Record<string, string[]> = {
    general: ["persistentmembers=no"],
  };
  for (const queue of queues) {
    const { name, strategy = "ringall", members = [] } = queue;
    const lines = [`strategy=${strategy}`, ...settingLines(queue)];
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

/** The dialplan, as it would be written for the context `default`. */
function extensionsConfiguration(
  extensions: ResolvedServerOptions["extensions"],
): AmiConfiguration {
  const lines = Object.entries(extensions).flatMap(([exten, steps]) =>
    steps.map((step, index) =>
      index === 0 ? `exten=${exten},1,${step}` : `same=n,${step}`
    )
  );
  return { general: ["static=yes", "writeprotect=no"], default: lines };
}
