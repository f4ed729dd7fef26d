import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

/** The pages that users and developers read. */
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "examples/README.md",
  "examples/migrating/README.md",
  "examples/nats/README.md",
  "examples/wallboard/README.md",
  "tools/bench/README.md",
];

/** The most lines of the README: more than that, a stranger does not read. */
const MAX_LINES = 250;

/** Returns the anchor that GitHub and JSR make of a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim()
    .replaceAll(" ", "-");
}

/** Returns the anchors of a page. */
async function anchorsOf(page: URL): Promise<string[]> {
  const text = (await Deno.readTextFile(page)).replace(/^```[^]*?^```/gm, "");
  return Array.from(
    text.matchAll(/^#+ (.*)$/gm),
    ([, heading = ""]) => anchorOf(heading),
  );
}

async function exists(url: URL): Promise<boolean> {
  try {
    await Deno.stat(url);
    return true;
  } catch {
    return false;
  }
}

for (const path of PAGES) {
  Deno.test(`every relative link in ${path} leads somewhere`, async () => {
    const page = new URL(path, ROOT);
    const text = (await Deno.readTextFile(page)).replace(/^```[^]*?^```/gm, "");
    const broken: string[] = [];
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const target = new URL(link, page);
      const anchor = target.hash.slice(1);
      target.hash = "";
      if (!await exists(target)) broken.push(link);
      else if (anchor !== "" && !(await anchorsOf(target)).includes(anchor)) {
        broken.push(link);
      }
    }
    assertEquals(broken, []);
  });
}

Deno.test("the README is short enough to be read", async () => {
  const text = await Deno.readTextFile(new URL("README.md", ROOT));
  const lines = text.trimEnd().split("\n").length;
  assert(lines <= MAX_LINES, `README.md has ${lines} lines`);
});
