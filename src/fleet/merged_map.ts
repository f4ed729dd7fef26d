/**
 * A record with the name of its PBX.
 *
 * @typeParam T The type of the record.
 */
export type OfPbx<T> = T & {
  /** The name of the PBX. */
  readonly pbx: string;
};

/** The maps of all PBXs. */
export interface MapsOfPbxs<T> {
  /** Returns the map of one PBX, if there is one. */
  get(pbx: string): ReadonlyMap<string, T> | undefined;
  /** Lists all maps with the names of their PBXs. */
  all(): Iterable<readonly [pbx: string, map: ReadonlyMap<string, T>]>;
}

/** Separates the name of a PBX, which cannot contain it, from an id. */
const SEPARATOR = "/";

/**
 * A view of the records of all PBXs, by `${pbx}/${id}`. Nothing is copied but
 * the records that are read, each of them once.
 */
export class MergedMap<T extends object>
  implements ReadonlyMap<string, OfPbx<T>> {
  readonly #maps: MapsOfPbxs<T>;
  readonly #named = new WeakMap<T, OfPbx<T>>();

  /** @param maps The maps of all PBXs. */
  constructor(maps: MapsOfPbxs<T>) {
    this.#maps = maps;
  }

  get size(): number {
    let size = 0;
    for (const [, map] of this.#maps.all()) size += map.size;
    return size;
  }

  get(key: string): OfPbx<T> | undefined {
    const [pbx, id] = split(key);
    const record = this.#maps.get(pbx)?.get(id);
    return record && this.#withName(record, pbx);
  }

  has(key: string): boolean {
    const [pbx, id] = split(key);
    return this.#maps.get(pbx)?.has(id) ?? false;
  }

  *entries(): Generator<[string, OfPbx<T>], undefined> {
    for (const [pbx, map] of this.#maps.all()) {
      for (const [id, record] of map) {
        yield [pbx + SEPARATOR + id, this.#withName(record, pbx)];
      }
    }
  }

  *keys(): Generator<string, undefined> {
    for (const [pbx, map] of this.#maps.all()) {
      for (const id of map.keys()) yield pbx + SEPARATOR + id;
    }
  }

  *values(): Generator<OfPbx<T>, undefined> {
    for (const [pbx, map] of this.#maps.all()) {
      for (const record of map.values()) yield this.#withName(record, pbx);
    }
  }

  forEach(
    callback: (
      record: OfPbx<T>,
      key: string,
      map: ReadonlyMap<string, OfPbx<T>>,
    ) => void,
    thisArg?: unknown,
  ): void {
    for (const [key, record] of this) {
      callback.call(thisArg, record, key, this);
    }
  }

  [Symbol.iterator](): Generator<[string, OfPbx<T>], undefined> {
    return this.entries();
  }

  #withName(record: T, pbx: string): OfPbx<T> {
    const known = this.#named.get(record);
    if (known !== undefined) return known;
    const named = { ...record, pbx };
    this.#named.set(record, named);
    return named;
  }
}

function split(key: string): [pbx: string, id: string] {
  const at = key.indexOf(SEPARATOR);
  // Without a separator, no PBX is of that name.
  return at === -1 ? ["", key] : [key.slice(0, at), key.slice(at + 1)];
}
