import type {
  AmiConfiguration,
  AmiQueue,
  AmiQueueMember,
} from "../server_options.ts";
import { readSetting } from "./queue_settings.ts";

/** Cuts `name=value`. */
function cut(line: string): [name: string, value: string] {
  const equals = line.indexOf("=");
  return [line.slice(0, equals), line.slice(equals + 1)];
}

/** Reads the queues of a `queues.conf`. */
export function queuesOf(file: AmiConfiguration): AmiQueue[] {
  return Object.entries(file).flatMap(([name, lines]) =>
    name === "general" ? [] : [queueOf(name, lines)]
  );
}

function queueOf(name: string, lines: readonly string[]): AmiQueue {
  const queue: AmiQueue = { name };
  const members: AmiQueueMember[] = [];
  for (const line of lines) {
    const [key, value] = cut(line);
    if (key === "member") members.push(memberOf(value));
    else if (key === "strategy") queue.strategy = value;
    else readSetting(queue, key, value);
  }
  return { ...queue, members };
}

/** Reads `PJSIP/6001,0,Alice Jones,hint:2000@default`. */
function memberOf(text: string): AmiQueueMember {
  const [location = "", penalty = "", name = "", stateInterface = ""] = text
    .split(",").map((part) => part.trim());
  const member: AmiQueueMember = { interface: location };
  if (penalty !== "") member.penalty = Number(penalty);
  if (name !== "") member.name = name;
  if (stateInterface !== "") member.stateInterface = stateInterface;
  return member;
}

/** Reads the dialplan of an `extensions.conf`: extension → its applications. */
export function extensionsOf(
  file: AmiConfiguration,
): Record<string, string[]> {
  const extensions: Record<string, string[]> = {};
  for (const lines of Object.values(file)) {
    let exten = "";
    for (const line of lines) {
      const [key, value] = cut(line);
      if (key !== "exten" && key !== "same") continue;
      const parts = value.split(",");
      if (key === "exten") exten = parts.shift() ?? "";
      const [priority = "", ...application] = parts;
      // A hint shows a state, and runs nothing.
      if (priority === "hint") continue;
      (extensions[exten] ??= []).push(application.join(","));
    }
  }
  return extensions;
}
