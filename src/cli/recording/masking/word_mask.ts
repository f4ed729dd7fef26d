import { Memo } from "./memo.ts";
import type { Permutation } from "./permutation.ts";

/** The letters that stand for others, by how many bytes they take in UTF-8. */
const ALPHABETS: readonly (readonly string[])[] = [
  "abcdefghijklmnopqrstuvwxyz",
  // Those of ISO 8859-1, so that they can stand for its bytes as well.
  "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ",
  "一丁七三上下中九二五井人今他代会体何作保信倉元光公六内円冊冬出分前",
  "𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋𠀌𠀍𠀎𠀏",
].map((letters) => [...letters]);

const LETTER = /\p{L}/u;

/**
 * Masks words: the same one always becomes the same other one, with as many
 * letters, as many bytes, and capitals at the same places.
 */
export class WordMask {
  readonly #memo: Memo;

  /** @param permutation The permutation that exchanges them. */
  constructor(permutation: Permutation) {
    this.#memo = new Memo((word) => exchange(word, permutation));
  }

  /**
   * Masks a word.
   *
   * @param word The word.
   * @returns Another word; characters that are not letters stay.
   */
  mask(word: string): string {
    return this.#memo.get(word);
  }
}

/** A letter, and what it may become. */
interface Letter {
  lower: string;
  isCapital: boolean;
  alphabet: readonly string[];
}

function exchange(word: string, permutation: Permutation): string {
  const characters = [...word];
  const letters = characters.filter((each) => LETTER.test(each)).map(toLetter);
  // Letters of other alphabets are folded into ours, so they decide in another way.
  const foreign = letters.filter(({ lower, alphabet }) =>
    !alphabet.includes(lower)
  ).map(({ lower }) => lower);
  const masked = permutation.exchange(
    letters.map(placeOf),
    letters.map(({ alphabet }) => alphabet.length),
    `word:${foreign.join("")}`,
  );
  let next = 0;
  return characters.map((character) => {
    const letter = LETTER.test(character) ? letters[next] : undefined;
    if (letter === undefined) return character;
    const lower = letter.alphabet[masked[next] ?? 0] ?? "";
    next++;
    return letter.isCapital ? lower.toUpperCase() : lower;
  }).join("");
}

function toLetter(character: string): Letter {
  const lower = character.toLowerCase();
  const code = character.codePointAt(0) ?? 0;
  const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  return {
    lower,
    isCapital: lower !== character,
    alphabet: ALPHABETS[bytes - 1] ?? [],
  };
}

function placeOf({ lower, alphabet }: Letter): number {
  const index = alphabet.indexOf(lower);
  if (index !== -1) return index;
  return (lower.codePointAt(0) ?? 0) % alphabet.length;
}
