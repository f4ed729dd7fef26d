import { assertEquals, assertRejects } from "@std/assert";
import { AmiResponseError } from "../../mod.ts";
import { asteriskTest } from "./_asterisk.ts";

asteriskTest(
  "configuration files are written and read as the README shows",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const file = `dami_${crypto.randomUUID()}.conf`;
    await dami.to("CreateConfig", { Filename: file });
    const lines = [["strategy", "ringall"], ["member", ">PJSIP/1"], [
      "member",
      ">PJSIP/2",
    ]] as const;
    await dami.to("UpdateConfig", {
      SrcFilename: file,
      DstFilename: file,
      "Action-000000": "NewCat",
      "Cat-000000": "support",
    });
    for (const [name, value] of lines) {
      await dami.to("UpdateConfig", {
        SrcFilename: file,
        DstFilename: file,
        "Action-000000": "Append",
        "Cat-000000": "support",
        "Var-000000": name,
        "Value-000000": value,
      });
    }
    const [written] = await dami.to("GetConfig", {
      Filename: file,
      Category: "support",
    });
    assertEquals(
      Object.entries(written)
        .filter(([name]) => name.startsWith("Line-"))
        .map(([, line]) => line),
      ["strategy=ringall", "member=PJSIP/1", "member=PJSIP/2"],
    );
    // What the README warns of: one object with the same name twice.
    const [{ JSON: json }] = await dami.to("GetConfigJSON", { Filename: file });
    const text = String(json);
    assertEquals(text.match(/"member"/g)?.length, 2);
    assertEquals(JSON.parse(text).support.member, "PJSIP/2");
  },
);

asteriskTest(
  "the database is written and read as the README shows",
  async (asterisk) => {
    await using dami = await asterisk.connect();
    const Family = `dami-${crypto.randomUUID()}`;
    await dami.to("DBPut", { Family, Key: "open", Val: "yes" });
    const [, ...entries] = await dami.to("DBGet", { Family, Key: "open" });
    assertEquals(
      entries.map((entry) =>
        entry.Event === "DBGetResponse" ? entry.Val : entry.Event
      ),
      ["yes", "DBGetComplete"],
    );
    await dami.to("DBDel", { Family, Key: "open" });
    await assertRejects(
      () => dami.to("DBGet", { Family, Key: "open" }),
      AmiResponseError,
      "Database entry not found",
    );
  },
);
