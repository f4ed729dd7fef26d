import type { Pbx } from "../calls/pbx.ts";
import { changed, sixDigits } from "../configuration/changes.ts";
import { errorFrame } from "../server/frame_writer.ts";
import type { ReceivedAction } from "../server/received_action.ts";
import type { AmiAnswer } from "../server/server_client.ts";
import type { AmiConfiguration } from "../server_options.ts";

const NO_FILENAME = "Filename not specified";
const NOT_FOUND = "Config file not found";

/** The names of modules that Asterisk has, by their beginning, and of parts of itself. */
const MODULE =
  /^(?:(?:app|bridge|cdr|cel|chan|codec|format|func|pbx|res)_\w+(?:\.so)?|acl|cdr|cel|dnsmgr|dsp|enum|extconfig|features|http|indications|logger|manager|plc|rtp|sounds|udptl)$/;

/** Finds a configuration file; returns the refusal if it does not exist. */
function findFile(
  { files }: Pbx,
  filename = "",
): AmiConfiguration | string {
  return filename === "" ? NO_FILENAME : files.find(filename) ?? NOT_FOUND;
}

/** Shows a configuration file. */
export function getConfig(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const configuration = findFile(pbx, action.get("Filename"));
  if (typeof configuration === "string") return errorFrame(configuration);
  const wanted = action.get("Category") ?? "";
  const frame: Record<string, string> = { Response: "Success" };
  let categoryCount = 0;
  for (const [category, lines] of Object.entries(configuration)) {
    if (wanted !== "" && category !== wanted) continue;
    const number = sixDigits(categoryCount++);
    frame[`Category-${number}`] = category;
    for (const [index, line] of lines.entries()) {
      frame[`Line-${number}-${sixDigits(index)}`] = line;
    }
  }
  if (wanted === "" || categoryCount > 0) return frame;
  // A line that is not a header (action_getconfig(), main/manager.c).
  const { actionId } = action;
  const id = actionId === "" ? "" : `ActionID: ${actionId}\r\n`;
  return `Response: Success\r\n${id}No categories found\r\n\r\n`;
}

/** Lists the categories of a configuration file. */
export function listCategories(pbx: Pbx, action: ReceivedAction): AmiAnswer {
  const configuration = findFile(pbx, action.get("Filename"));
  if (typeof configuration === "string") return errorFrame(configuration);
  const categories = Object.keys(configuration);
  const frame: Record<string, string> = { Response: "Success" };
  if (categories.length === 0) frame["Error"] = "no categories found";
  for (const [index, category] of categories.entries()) {
    frame[`Category-${sixDigits(index)}`] = category;
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
  const destination = action.get("DstFilename") ?? "";
  const file = destination === ""
    ? NO_FILENAME
    : findFile(pbx, action.get("SrcFilename"));
  if (typeof file === "string") return errorFrame(file);
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
