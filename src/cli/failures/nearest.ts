/** Returns how many letters have to be changed, inserted, removed or swapped to turn one word into the other. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = row > 1 && column > 1 &&
        from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/** Returns how far a word may be from the one that was meant. */
function tolerance(word: string): number {
  return Math.max(1, Math.floor(word.length / 3));
}

/**
 * Finds the names that the user may have meant.
 *
 * @param word The word that was written, in any letter case.
 * @param names The existing names.
 * @returns The nearest names, up to three.
 */
export function nearest(word: string, names: Iterable<string>): string[] {
  const wanted = word.toLowerCase();
  const found: { name: string; distance: number }[] = [];
  for (const name of names) {
    const candidate = name.toLowerCase();
    // Names that begin like the word count as well, but after mistyped ones.
    const isBegun = wanted.length > 2 && candidate.startsWith(wanted);
    const far = distance(wanted, candidate);
    if (far <= tolerance(word)) found.push({ name, distance: far });
    else if (isBegun) found.push({ name, distance: word.length + far });
  }
  found.sort((one, other) => one.distance - other.distance);
  const [best] = found;
  if (best === undefined) return [];
  return found.filter((each) => each.distance === best.distance)
    .slice(0, 3).map((each) => each.name);
}

/**
 * Returns the end of a sentence about an unknown name.
 *
 * @param word The word that was written.
 * @param names The existing names.
 * @param otherwise The advice if none is near.
 * @returns `did you mean 'tail'?`, or what to do otherwise.
 */
export function hint(
  word: string,
  names: Iterable<string>,
  otherwise: string,
): string {
  const quoted = nearest(word, names).map((name) => `'${name}'`);
  const last = quoted.pop();
  if (last === undefined) return otherwise;
  const all = quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
  return `did you mean ${all}?`;
}
