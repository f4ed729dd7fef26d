import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { givenActionId } from "../../src/actions/action.ts";
import { encode, type Encoding } from "../../src/wire/encoding.ts";
import { encodeUnchecked, headerLines } from "./_actions.ts";

/** A header as Asterisk finds it. */
type Header = readonly [name: string, value: string];

/**
 * Splits what is written as Asterisk does (`main/manager.c`, `get_input`): a
 * line ends at a line feed, a carriage return before it is dropped, a NUL
 * ends the line early, and an empty line ends the action. Fails where there
 * is more than one action, or none.
 */
function readAsAsterisk(bytes: Uint8Array, encoding: Encoding): Header[] {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  let start = 0;
  for (const [position, byte] of bytes.entries()) {
    if (byte !== 0x0a) continue;
    const hasReturn = position > start && bytes[position - 1] === 0x0d;
    const line = bytes.subarray(start, hasReturn ? position - 1 : position);
    assert(line.length <= 1_022, "a line is too long");
    const nul = line.indexOf(0);
    lines.push(decoder.decode(nul < 0 ? line : line.subarray(0, nul)));
    start = position + 1;
  }
  assertEquals(start, bytes.length, "the last line is not ended");
  assertEquals(lines.indexOf(""), lines.length - 1, "not exactly one action");
  assert(lines.length - 1 <= 128, "there are too many headers");
  return lines.slice(0, -1).map((line) => {
    const colon = line.indexOf(": ");
    assert(colon > 0, "a line is no header");
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
}

/**
 * Splits a `Variable` header as Asterisk does (`main/app.c`,
 * `__ast_app_separate_args`): at commas outside of parentheses, brackets and
 * quotes; a backslash makes the next character an ordinary one.
 */
function readVariables(text: string): Header[] {
  const parts = [""];
  // Parentheses and brackets are counted apart, and neither below zero.
  const open = { parentheses: 0, brackets: 0 };
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    let kept = character;
    if (character === "\\") kept = text.charAt(++index);
    else if (character === '"') {
      isQuoted = !isQuoted;
      kept = "";
    } else if (character === "(") open.parentheses++;
    else if (character === "[") open.brackets++;
    else if (character === ")") {
      open.parentheses = Math.max(0, open.parentheses - 1);
    } else if (character === "]") {
      open.brackets = Math.max(0, open.brackets - 1);
    } else if (
      character === "," && !isQuoted && open.parentheses + open.brackets === 0
    ) {
      parts.push("");
      continue;
    }
    parts.push(`${parts.pop() ?? ""}${kept}`);
  }
  return parts.map((part) => {
    const equals = part.indexOf("=");
    return [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** The headers that data stands for, worked out in the simplest way. */
function expectedHeaders(data: Record<string, unknown>): Header[] {
  return Object.entries(data).flatMap(([name, value]): Header[] => {
    if (value === undefined || /^actionid$/i.test(name)) return [];
    if (Array.isArray(value)) {
      return value.map((one: unknown): Header => [name, String(one)]);
    }
    if (typeof value !== "object" || value === null) {
      return [[name, String(value)]];
    }
    return Object.entries(value).map(([variable, content]): Header => [
      name,
      `${variable}=${String(content)}`,
    ]);
  });
}

const strangeText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(...'ab:=,"\\()[] \t\r\n\0é€📞', "\ud800", "\x85"),
    maxLength: 12,
  }),
  fc.constantFrom("x\r\nAction: Logoff\r\n\r\n", "x\n\nAction: Logoff", "\r\n"),
);

const longText = fc.tuple(
  fc.constantFrom("x", "é", "€", ","),
  fc.integer({ min: 330, max: 2_050 }),
).map(([character, length]) => character.repeat(length));

const friendlyText = fc.string({
  unit: fc.constantFrom(...'abc019 :=,"\\()[]-_é€'),
  maxLength: 20,
});

/** Texts of which most can be sent, so that both ways out are taken often. */
const text = fc.oneof(
  { weight: 30, arbitrary: friendlyText },
  { weight: 2, arbitrary: strangeText },
  { weight: 1, arbitrary: longText },
);

const scalar = fc.oneof(
  { weight: 10, arbitrary: text },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.bigInt() },
);

const nothingGood = fc.oneof(
  fc.constantFrom<unknown>(null, NaN, Infinity, Symbol("x"), new Date(0)),
  fc.anything(),
);

const name = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9()_/-]{0,8}$/),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom("Variable", "variable", "Codecs", "Data"),
  },
  { weight: 1, arbitrary: fc.constantFrom("ActionID", "actionid", "ACTION") },
  { weight: 1, arbitrary: strangeText },
);

const variables = fc.dictionary(
  fc.oneof(
    { weight: 20, arbitrary: fc.stringMatching(/^[A-Z_][A-Z_0-9]{0,8}$/) },
    {
      weight: 5,
      arbitrary: fc.constantFrom(
        "CALLERID(num)",
        "a.b",
        "É",
        "PJSIP_HEADER(add,X-A)",
        "A(b(c,d),e)",
        "A(b,c",
        "A)b,c(",
      ),
    },
    { weight: 1, arbitrary: strangeText },
  ),
  scalar,
  { maxKeys: 4 },
);

const value = fc.oneof(
  { weight: 20, arbitrary: scalar },
  { weight: 4, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: nothingGood },
  {
    weight: 1,
    arbitrary: fc.array(fc.constant("x"), { minLength: 100, maxLength: 140 }),
  },
);

const anyData = fc.tuple(
  fc.dictionary(name, value, { maxKeys: 6 }),
  fc.option(variables, { nil: undefined }),
).map(([data, object]): Record<string, unknown> =>
  object === undefined ? data : { ...data, Variable: object }
);

const anyAction = fc.oneof(
  { weight: 10, arbitrary: fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/) },
  { weight: 1, arbitrary: strangeText },
);

/** Returns the text that a session sends, or `undefined` where it is refused. */
function sent(
  action: string,
  data: Record<string, unknown>,
  encoding: Encoding,
): { actionId: string; bytes: Uint8Array } | undefined {
  try {
    const given: unknown = Reflect.apply(givenActionId, undefined, [
      action,
      data,
    ]);
    assert(given === undefined || typeof given === "string");
    const actionId = given ?? "made-1";
    const text = encodeUnchecked(data, action, actionId, encoding);
    return { actionId, bytes: encode(text, encoding) };
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError);
    // An error that the engine threw would be a mistake of ours.
    assertStringIncludes(error.message, "Cannot send a");
    return undefined;
  }
}

for (const encoding of ["utf-8", "latin1"] as const) {
  Deno.test(`encodeAction() refuses data, or Asterisk reads exactly these headers in ${encoding}`, () => {
    const seen = { sent: 0, refused: 0 };
    fc.assert(
      fc.property(anyAction, anyData, (action, data) => {
        const result = sent(action, data, encoding);
        if (result === undefined) {
          seen.refused++;
          return;
        }
        seen.sent++;
        const { actionId, bytes } = result;
        const [first, second, ...headers] = readAsAsterisk(bytes, encoding);
        assertEquals(first, ["Action", action]);
        assertEquals(second, ["ActionID", actionId]);
        assertEquals(
          headers.map(([name, value]): Header => {
            const given = data[name];
            if (typeof given !== "object" || Array.isArray(given)) {
              return [name, value];
            }
            const [variable, ...others] = readVariables(value);
            assertEquals(others, [], "a variable was split");
            return [name, variable?.join("=") ?? ""];
          }),
          expectedHeaders(data),
        );
      }),
      { numRuns: 1_000 },
    );
    assert(seen.sent > 100 && seen.refused > 100, JSON.stringify(seen));
  });
}

Deno.test("encodeAction() lets Asterisk read the value of every variable as it was given", () => {
  const special = fc.string({ unit: fc.constantFrom(...'\\,"()[]=ab ') });
  fc.assert(fc.property(special, (content) => {
    const [line = ""] = headerLines({ Variable: { A: content } });
    assertEquals(readVariables(line.slice("Variable: ".length)), [
      ["A", content],
    ]);
  }));
});

Deno.test("encodeAction() lets Asterisk read a function with several arguments as one variable", () => {
  const part = fc.string({ unit: fc.constantFrom(..."ab(),[]") });
  fc.assert(
    fc.property(part, (name) => {
      let lines: string[];
      try {
        lines = headerLines({ Variable: { [name]: "x,y" } });
      } catch (error) {
        assert(error instanceof TypeError);
        return;
      }
      const [line = ""] = lines;
      assertEquals(readVariables(line.slice("Variable: ".length)), [
        [name, "x,y"],
      ]);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("encodeAction() lets no data write another action", () => {
  // Nothing but what is dangerous, at every place.
  const danger = fc.string({
    unit: fc.constantFrom("a", ":", " ", "\r", "\n", "\0", "A: b"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(danger, danger, danger, (action, header, content) => {
      for (
        const data of [
          { [header]: content },
          { A: content },
          { A: ["x", content] },
          { Variable: { A: content } },
          { Variable: { [header]: "x" } },
          { ActionID: content },
        ]
      ) {
        const result = sent(action, data, "utf-8");
        if (result !== undefined) readAsAsterisk(result.bytes, "utf-8");
      }
    }),
    { numRuns: 1_000 },
  );
});
