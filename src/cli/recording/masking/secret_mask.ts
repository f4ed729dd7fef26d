/** The text that replaces a secret of any length. */
export const SECRET = "********";

/** A name that shows that its value is a secret. */
const SECRET_NAME =
  /secret|passw|passphrase|pwd|credential|md5[-_ ]?cred|api[-_ ]?key|private[-_ ]?key|token|(?:^|[^a-z])pin(?:[^a-z]|$)|pincode|nonce|ice-ufrag|authorization|(?:www|proxy)-authenticate|authentication-info/i;

/** Headers whose name looks like that of a secret, though their value is not one. */
const NO_SECRET =
  /^(?:usingpassword|noncelifetime|dtlsprivatekey|privkeyfile)$/i;

/** Headers of security events and of the login that are secrets. */
const SECRET_HEADER =
  /^(?:challenge|receivedchallenge|receivedhash|expectedresponse)$/i;

/** The beginning of a value: `password=`, `"secret": ` or, in the environment of an AGI, `token%3A%20`. */
const NAMED =
  /(?<![\w.-])(?<name>[\w.-]+)\)?"?\s*(?:=>|[=:]|%3[ad])(?:\s|%20)*/giu;

/** A text in quotes, the first of which stands before it. */
const QUOTED = /(?:\\.|[^"\\])*/uy;

/** The credentials in a SIP header, and tokens that are recognisable by themselves. */
const BY_THEMSELVES: readonly RegExp[] = [
  /(\bdigest\s+)\w+=.+/giu,
  /(\b(?:sips?|https?|wss?):(?:\/\/)?[^\s:@/]+:)[^\s@/]+(?=@)/giu,
  /(\binline:)[\w+/=|:-]+/giu,
  /(\b)eyJ[\w-]+\.[\w-]+\.[\w-]*/gu,
];

/**
 * Reports whether a name shows that it names a secret.
 *
 * @param name The name of a header, a variable, a key or the like.
 * @returns `true` if it does.
 */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET.test(name);
}

/**
 * Reports whether the value of a header is a secret.
 *
 * @param name The name of the header.
 * @returns `true` if it is.
 */
export function isSecretHeader(name: string): boolean {
  return namesSecret(name) || SECRET_HEADER.test(name);
}

/**
 * Masks the secrets in a text: what a name before it tells to be one, and
 * those of SIP headers, URIs, SDP and JSON web tokens. Where nothing tells
 * where a secret ends, all that follows is masked.
 *
 * @param text The text.
 * @returns The text without its secrets.
 */
export function maskSecrets(text: string): string {
  const masked = SECRET_NAME.test(text) ? maskNamed(text) : text;
  return BY_THEMSELVES.reduce(
    (text, pattern) => text.replaceAll(pattern, `$1${SECRET}`),
    masked,
  );
}

function maskNamed(text: string): string {
  let masked = "";
  let done = 0;
  for (const match of text.matchAll(NAMED)) {
    if (match.index < done || !namesSecret(match.groups?.["name"] ?? "")) {
      continue;
    }
    const start = match.index + match[0].length;
    masked += text.slice(done, start);
    done = text.length;
    if (text[start] === '"') {
      QUOTED.lastIndex = start + 1;
      QUOTED.test(text);
      done = QUOTED.lastIndex;
      masked += '"';
    }
    if (start < text.length) masked += SECRET;
  }
  return masked + text.slice(done);
}
