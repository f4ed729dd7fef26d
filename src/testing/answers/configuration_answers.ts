import type { Pbx } from "../calls/pbx.ts";
import { changed } from "../configuration/changes.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";

const NO_FILENAME = "Filename not specified";
const NOT_FOUND = "Config file not found";

/** The names of modules that Asterisk has, by their beginning, and of parts of itself. */
const MODULE =
  /^(?:(?:app|bridge|cdr|cel|chan|codec|format|func|pbx|res)_\w+(?:\.so)?|acl|cdr|cel|dnsmgr|dsp|enum|extconfig|features|http|indications|logger|manager|plc|rtp|sounds|udptl)$/;

/** Shows a configuration file. */
export function getConfig({ files }: Pbx, action: ReceivedAction): AmiAnswer {
  const filename = action.get("Filename") ?? "";
  if (filename === "") return errorFrame(NO_FILENAME);
  const configuration = files.find(filename);
  if (configuration === undefined) return errorFrame(NOT_FOUND);
  const wanted = action.get("Category") ?? "";
  const frame: Record<string, string> = { Response: "Success" };
  let categoryCount = 0;
  for (const [category, lines] of Object.entries(configuration)) {
    if (wanted !== "" && category !== wanted) continue;
    const number = `${categoryCount++}`.padStart(6, "0");
    frame[`Category-${number}`] = category;
    for (const [index, line] of lines.entries()) {
      frame[`Line-${number}-${`${index}`.padStart(6, "0")}`] = line;
    }
  }
  if (wanted === "" || categoryCount > 0) return frame;
  // A line that is not a header (action_getconfig(), main/manager.c).
  const { actionId } = action;
  const id = actionId === "" ? "" : `ActionID: ${actionId}\r\n`;
  return `Response: Success\r\n${id}No categories found\r\n\r\n`;
}

/** Lists the categories of a configuration file. */
export function listCategories(
  { files }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const filename = action.get("Filename") ?? "";
  if (filename === "") return errorFrame(NO_FILENAME);
  const configuration = files.find(filename);
  if (configuration === undefined) return errorFrame(NOT_FOUND);
  const categories = Object.keys(configuration);
  const frame: Record<string, string> = { Response: "Success" };
  if (categories.length === 0) frame["Error"] = "no categories found";
  for (const [index, category] of categories.entries()) {
    frame[`Category-${`${index}`.padStart(6, "0")}`] = category;
  }
  return frame;
}

/** Makes an empty configuration file. */
export function createConfig(
  { files }: Pbx,
  action: ReceivedAction,
): AmiAnswer {
  const filename = action.get("Filename") ?? "";
  if (filename === "") return errorFrame(NO_FILENAME);
  if (files.find(filename) !== undefined) return errorFrame("File exists");
  files.write(filename, {});
  return {
    Response: "Success",
    Message: "New configuration file created successfully",
  };
}

/** Changes a configuration file, and has it read. */
export function updateConfig(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const source = action.get("SrcFilename") ?? "";
  const destination = action.get("DstFilename") ?? "";
  if (source === "" || destination === "") return errorFrame(NO_FILENAME);
  const file = pbx.files.find(source);
  if (file === undefined) return errorFrame(NOT_FOUND);
  const configuration = changed(file, action);
  if (typeof configuration === "string") return errorFrame(configuration);
  pbx.files.write(destination, configuration);
  const module = action.get("Reload") ?? "";
  if (/^(?:yes|true|y|t|1|on)$/i.test(module)) pbx.reload("");
  else if (MODULE.test(module)) pbx.reload(module);
  return { Response: "Success" };
}

/** Has the configuration of a module read, or of all. */
export function reload(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const module = action.get("Module") ?? "";
  if (module !== "" && !MODULE.test(module)) {
    return errorFrame("No such module");
  }
  pbx.reload(module);
  return { Response: "Success", Message: "Module Reloaded" };
}
