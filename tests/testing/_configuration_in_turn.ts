import { type ActionData, AmiResponseError, type DAMI } from "../../mod.ts";

/** The changes of an `UpdateConfig`, each as `[kind, headers]`. */
type Changes =
  readonly (readonly [kind: string, headers: Record<string, string>])[];

const SALES = { Cat: "sales" };

/** The steps with a file, in turn: changes, or reads. */
const STEPS: readonly (Changes | "read" | "categories")[] = [
  "categories",
  [["NewCat", SALES]],
  [["NewCat", SALES]],
  [["Append", SALES]],
  [["Append", { ...SALES, Var: "strategy", Value: "ringall" }]],
  [
    ["Append", { ...SALES, Var: "member", Value: ">PJSIP/1,0,One" }],
    ["Append", { ...SALES, Var: "member", Value: "PJSIP/2,0,Two" }],
    ["Insert", { ...SALES, Var: "weight", Value: "3", Line: "0" }],
    ["Insert", { ...SALES, Var: "timeout", Value: "5", Line: "99" }],
  ],
  "read",
  [["Update", {
    ...SALES,
    Var: "member",
    Match: "PJSIP/2,0,Two",
    Value: "PJSIP/3,0,Three",
  }]],
  [["Update", { ...SALES, Var: "member", Value: ">PJSIP/4" }]],
  [["Update", { ...SALES, Var: "nope", Value: "x" }]],
  [["Update", { Cat: "nope", Var: "a", Value: "x" }]],
  [["Update", SALES]],
  "read",
  [["Delete", { ...SALES, Line: "1" }]],
  [["Delete", { ...SALES, Var: "member", Match: "nope" }]],
  [["Delete", { ...SALES, Var: "member" }]],
  [["Delete", SALES]],
  "read",
  // All or none.
  [
    ["NewCat", { Cat: "half" }],
    ["Append", { Cat: "nope", Var: "a", Value: "b" }],
  ],
  "categories",
  [
    ["NewCat", { Cat: "support" }],
    ["RenameCat", { ...SALES, Value: "sold" }],
    ["EmptyCat", { Cat: "sold" }],
  ],
  "categories",
  [["RenameCat", SALES]],
  [["RenameCat", { ...SALES, Value: "x" }]],
  [["EmptyCat", SALES]],
  [["DelCat", SALES]],
  [["DelCat", { Cat: "sold" }]],
  [["Insert", { Cat: "support", Var: "a", Value: "b" }]],
  [["Nope", { Cat: "support" }]],
  [["Update", {}]],
  "categories",
];

/** Works on a configuration file of its own, and returns what is answered. */
export async function configurationInTurn(dami: DAMI): Promise<string[]> {
  const Filename = `dami-${crypto.randomUUID()}.conf`;
  const told: string[] = [];
  const send = async (action: string, data: ActionData) => {
    const [response = {}] = await dami.to<string>(action, data).catch(
      (error) => {
        if (error instanceof AmiResponseError) return error.frames;
        throw error;
      },
    );
    const texts = Object.entries(response)
      .filter(([name]) => name !== "ActionID" && !name.startsWith("$"))
      .map(([name, value]) =>
        /^(Cat|Line)/.test(name) ? `${name} ${value}` : `${value}`
      );
    told.push(`${action}: ${texts.join("|")}`);
  };
  await send("CreateConfig", { Filename });
  await send("CreateConfig", { Filename });
  for (const step of STEPS) {
    if (step === "read") await send("GetConfig", { Filename });
    else if (step === "categories") await send("ListCategories", { Filename });
    else {
      const headers = step.flatMap(([kind, data], index) => {
        const number = `${index}`.padStart(6, "0");
        return Object.entries({ Action: kind, ...data }).map(
          ([name, value]) => [`${name}-${number}`, value] as const,
        );
      });
      await send("UpdateConfig", {
        SrcFilename: Filename,
        DstFilename: Filename,
        ...Object.fromEntries(headers),
      });
    }
  }
  await send("GetConfig", { Filename: "nope.conf" });
  await send("ListCategories", { Filename: "nope.conf" });
  await send("Reload", { Module: "nope" });
  await send("Reload", { Module: "app_queue" });
  return told;
}

/** The answers of Asterisk 16 and 22. */
export const CONFIGURED: readonly string[] = [
  "CreateConfig: Success|New configuration file created successfully",
  "CreateConfig: Error|File exists",
  "ListCategories: Success|no categories found",
  "UpdateConfig: Success",
  "UpdateConfig: Error|Create category did not complete successfully",
  "UpdateConfig: Error|Problem with category, value, or line (if required)",
  "UpdateConfig: Success",
  "UpdateConfig: Success",
  "GetConfig: Success|Category-000000 sales|Line-000000-000000 weight=3|Line-000000-000001 strategy=ringall|Line-000000-000002 member=PJSIP/1,0,One|Line-000000-000003 member=PJSIP/2,0,Two|Line-000000-000004 timeout=5",
  "UpdateConfig: Success",
  "UpdateConfig: Success",
  "UpdateConfig: Error|Update did not complete successfully",
  "UpdateConfig: Error|Given category does not exist",
  "UpdateConfig: Error|Problem with category, value, or line (if required)",
  "GetConfig: Success|Category-000000 sales|Line-000000-000000 weight=3|Line-000000-000001 strategy=ringall|Line-000000-000002 member=PJSIP/4|Line-000000-000003 member=PJSIP/3,0,Three|Line-000000-000004 timeout=5",
  "UpdateConfig: Success",
  "UpdateConfig: Error|Update did not complete successfully",
  "UpdateConfig: Success",
  "UpdateConfig: Error|Problem with category, value, or line (if required)",
  "GetConfig: Success|Category-000000 sales|Line-000000-000000 weight=3|Line-000000-000001 timeout=5",
  "UpdateConfig: Error|Given category does not exist",
  "ListCategories: Success|Category-000000 sales",
  "UpdateConfig: Success",
  "ListCategories: Success|Category-000000 sold|Category-000001 support",
  "UpdateConfig: Error|Problem with category, value, or line (if required)",
  "UpdateConfig: Error|Given category does not exist",
  "UpdateConfig: Error|Given category does not exist",
  "UpdateConfig: Error|Given category does not exist",
  "UpdateConfig: Success",
  "UpdateConfig: Error|Problem with category, value, or line (if required)",
  "UpdateConfig: Error|Unknown action command",
  "UpdateConfig: Error|Category not specified",
  "ListCategories: Success|Category-000000 support",
  "GetConfig: Error|Config file not found",
  "ListCategories: Error|Config file not found",
  "Reload: Error|No such module",
  "Reload: Success|Module Reloaded",
];
