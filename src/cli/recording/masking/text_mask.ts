import { AddressMask } from "./address_mask.ts";
import { KNOWN_WORDS } from "./known_words.ts";
import { Memo } from "./memo.ts";
import { NumberMask } from "./number_mask.ts";
import { Permutation } from "./permutation.ts";
import { maskSecrets } from "./secret_mask.ts";
import { WordMask } from "./word_mask.ts";

/** The values to mask beside the secrets. */
export interface MaskOptions {
  /**
   * Masks phone numbers and extensions: digits, three and more of them.
   *
   * @default {true}
   */
  numbers?: boolean;
  /**
   * Masks names: all words that are not Asterisk's own.
   *
   * @default {true}
   */
  names?: boolean;
  /**
   * Masks public IP addresses.
   *
   * @default {true}
   */
  addresses?: boolean;
  /**
   * Words and numbers that stay, in any letter case.
   *
   * @default {[]}
   */
  kept?: readonly string[];
  /**
   * The key that decides what each value becomes. Nobody who knows it should
   * get what was masked.
   *
   * @default Random bytes
   */
  key?: Uint8Array;
}

/** Before a number: nothing that is a part of it, but a character as URIs write it may end in digits. */
const BEFORE = "(?<=^|[^\\d.]|%[0-9A-Fa-f]{2})";

/** Identifiers that hold no number, and others that only look like one. */
const IDENTIFIERS = [
  // A UUID, as bridges have it.
  "(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])",
  // A Uniqueid: the time when the channel was made, and a counter.
  `${BEFORE}1\\d{9}\\.\\d{1,9}(?![\\d.])`,
  // The counter at the end of a channel's name, and of a call's.
  "-000[0-9a-f]{5}(?![0-9A-Za-z])",
  // A date.
  `${BEFORE}(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
  // Codecs and other standards.
  "(?<![A-Za-z0-9])(?:g72\\d|g711|slin\\d+|h26\\d|SHA256|RFC\\d{4}|rfc\\d{4}|x86_64)(?![A-Za-z0-9])",
  // A character as URIs write it.
  "%[0-9A-Fa-f]{2}",
];

const V4_PART = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

/** The parts of a text that are told apart. */
const TOKEN = new RegExp(
  [
    `(?<identifier>${IDENTIFIERS.join("|")})`,
    "(?<v6>(?<![\\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\\w:]))",
    `(?<v4>${BEFORE}(?:${V4_PART}\\.){3}${V4_PART}(?!\\d|\\.\\d))(?:[:/]\\d{1,5}(?!\\d))?`,
    // A number in groups, as people write it: 01 23 45 67 89.
    `(?<groups>${BEFORE}\\d{2,4}(?:[ ./-]\\d{2,4}){2,}(?!\\d))`,
    "(?<digits>\\d{3,})",
    "(?<words>\\p{Lu}[\\p{L}\\p{M}]+(?: \\p{Lu}[\\p{L}\\p{M}]+)+|\\p{L}[\\p{L}\\p{M}]+)",
  ].join("|"),
  "gu",
);

const WORD = /\p{L}[\p{L}\p{M}]*/gu;

/** A name that is nobody's. */
const NOBODY =
  /^(?:<?unknown>?|anonymous|asterisk|unavailable|restricted|private|none|n\/a)?$/i;

/** Masks a text by what it is. */
export class TextMask {
  readonly #masksNumbers: boolean;
  readonly #masksNames: boolean;
  readonly #masksAddresses: boolean;
  readonly #kept: ReadonlySet<string>;
  readonly #numbers: NumberMask;
  readonly #words: WordMask;
  readonly #addresses: AddressMask;
  readonly #texts = new Memo((text) =>
    this.#tokens(maskSecrets(text), (words) => this.#unknown(words))
  );
  readonly #labels = new Memo((text) => this.#tokens(text, (words) => words));
  readonly #persons = new Memo((text) => this.#person(text));

  /** @param options The values to mask. */
  constructor(options: MaskOptions = {}) {
    const {
      numbers = true,
      names = true,
      addresses = true,
      kept = [],
      key = crypto.getRandomValues(new Uint8Array(32)),
    } = options;
    this.#masksNumbers = numbers;
    this.#masksNames = names;
    this.#masksAddresses = addresses;
    this.#kept = new Set(kept.map((each) => each.toLowerCase()));
    const permutation = new Permutation(key);
    this.#numbers = new NumberMask(permutation);
    this.#words = new WordMask(permutation);
    this.#addresses = new AddressMask(key);
  }

  /**
   * Masks a text of which nothing is known: secrets, addresses, numbers, and
   * every word that is not Asterisk's.
   *
   * @param text The text.
   * @returns The masked text.
   */
  text(text: string): string {
    return this.#texts.get(text);
  }

  /**
   * Masks what Asterisk or its administrator calls something: its words
   * stay.
   *
   * @param text The text.
   * @returns The masked text.
   */
  label(text: string): string {
    return this.#labels.get(text);
  }

  /**
   * Masks somebody's name: all its words.
   *
   * @param text The text.
   * @returns The masked text.
   */
  name(text: string): string {
    return this.#persons.get(text);
  }

  /**
   * Masks a digit that somebody has pressed: one after the other they are a
   * number, or a secret.
   *
   * @param text The digit.
   * @returns A zero in its place.
   */
  digit(text: string): string {
    return this.#masksNumbers ? text.replaceAll(/\d/g, "0") : text;
  }

  #person(text: string): string {
    if (NOBODY.test(text)) return text;
    const masked = this.label(text);
    if (!this.#masksNames) return masked;
    return masked.replaceAll(WORD, (word) => this.#word(word));
  }

  #tokens(text: string, words: (words: string) => string): string {
    let masked = "";
    let done = 0;
    for (const match of text.matchAll(TOKEN)) {
      masked += text.slice(done, match.index) + this.#token(match, words);
      done = match.index + match[0].length;
    }
    return masked + text.slice(done);
  }

  #token(
    { 0: token, groups = {} }: RegExpExecArray,
    words: (words: string) => string,
  ): string {
    const { identifier, v4, v6 } = groups;
    if (identifier !== undefined) return token;
    if (v4 !== undefined) {
      if (!this.#masksAddresses) return token;
      return this.#addresses.maskV4(v4) + token.slice(v4.length);
    }
    if (v6 !== undefined) {
      return this.#masksAddresses ? this.#addresses.maskV6(v6) : v6;
    }
    if (groups["groups"] !== undefined) return this.#groups(token);
    if (groups["digits"] !== undefined) return this.#digits(token);
    return words(token);
  }

  #digits(digits: string): string {
    return this.#masksNumbers && !this.#kept.has(digits)
      ? this.#numbers.mask(digits)
      : digits;
  }

  #groups(text: string): string {
    const digits = text.replaceAll(/\D/g, "");
    const isNumber = digits.length >= 7 &&
      text.split(/\D/).some((group) => group.length < 3);
    if (!isNumber) {
      return text.replaceAll(/\d{3,}/g, (group) => this.#digits(group));
    }
    const masked = [...this.#digits(digits)];
    return text.replaceAll(/\d/g, () => masked.shift() ?? "");
  }

  /** One word, or several that begin with capitals: if one is not known, they are a name. */
  #unknown(words: string): string {
    if (!this.#masksNames) return words;
    const all = words.split(" ");
    const isKnown = all.map((word) => word.toLowerCase()).every((word) =>
      KNOWN_WORDS.has(word) || this.#kept.has(word)
    );
    if (isKnown) return words;
    return all.map((word) => this.#word(word)).join(" ");
  }

  #word(word: string): string {
    return this.#kept.has(word.toLowerCase()) ? word : this.#words.mask(word);
  }
}
