import { type ActionData, AmiResponseError, type DAMI } from "../../mod.ts";

/** The actions, in turn; the family is one that nobody else uses. */
function actionsOn(family: string): readonly (readonly [string, ActionData])[] {
  const Family = family;
  const Variable = `${family}_VARIABLE`;
  return [
    ["Setvar", { Value: "x" }],
    ["Setvar", { Variable, Value: "open, always" }],
    ["Getvar", { Variable }],
    ["Getvar", { Variable: `${family}_MISSING` }],
    ["Getvar", {}],
    ["Getvar", { Channel: "PJSIP/none-1", Variable }],
    ["Setvar", { Channel: "PJSIP/none-1", Variable, Value: "x" }],
    ["DBPut", { Family }],
    ["DBPut", { Key: "k" }],
    ["DBGet", { Family, Key: "k" }],
    ["DBPut", { Family, Key: "k", Val: "v: 1" }],
    ["DBPut", { Family, Key: "deep/er", Val: "" }],
    ["DBGet", { Family, Key: "k" }],
    ["DBGetTree", { Family }],
    ["DBGetTree", { Family, Key: "deep" }],
    ["DBDel", { Family, Key: "k" }],
    ["DBDel", { Family, Key: "k" }],
    ["DBGetTree", { Family }],
    ["DBDelTree", { Family }],
    ["DBDelTree", { Family }],
    ["DBDelTree", {}],
  ];
}

/** Sends actions about variables and the database, and returns what each is answered. */
export async function answersInTurn(
  dami: DAMI,
  family: string,
): Promise<string[]> {
  const answers: string[] = [];
  for (const [action, data] of actionsOn(family)) {
    const frames = await dami.to<string>(action, data).catch((error) => {
      if (error instanceof AmiResponseError) return error.frames;
      throw error;
    });
    const lines = frames.map((frame) =>
      ["Response", "Event", "Message", "Value", "Key", "Val", "ListItems"]
        .flatMap((header) => header in frame ? [`${frame[header]}`] : [])
        .join("|")
    );
    answers.push(`${action}: ${lines.join(" ")}`.replaceAll(family, "fam"));
  }
  return answers;
}

/** The answers of Asterisk 22. Asterisk 16 counts the items of any `DBGetTree` as 1. */
export const ANSWERS: readonly string[] = [
  "Setvar: Error|No variable specified",
  "Setvar: Success|Variable Set",
  "Getvar: Success|open, always",
  "Getvar: Success|",
  "Getvar: Error|No variable specified",
  "Getvar: Error|No such channel",
  "Setvar: Error|No such channel",
  "DBPut: Error|No key specified",
  "DBPut: Error|No family specified",
  "DBGet: Error|Database entry not found",
  "DBPut: Success|Updated database successfully",
  "DBPut: Success|Updated database successfully",
  "DBGet: Success|Result will follow DBGetResponse|k|v: 1 DBGetComplete|1",
  "DBGetTree: Success|Result will follow DBGetTreeResponse|/fam/deep/er| DBGetTreeResponse|/fam/k|v: 1 DBGetTreeComplete|2",
  "DBGetTree: Success|Result will follow DBGetTreeResponse|/fam/deep/er| DBGetTreeComplete|1",
  "DBDel: Success|Key deleted successfully",
  "DBDel: Error|Database entry could not be deleted",
  "DBGetTree: Success|Result will follow DBGetTreeResponse|/fam/deep/er| DBGetTreeComplete|1",
  "DBDelTree: Success|Key tree deleted successfully",
  "DBDelTree: Error|Database entry not found",
  "DBDelTree: Error|No family specified.",
];
