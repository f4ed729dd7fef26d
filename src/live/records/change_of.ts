/** The fields of every change. */
export interface ChangeFields<Type extends string> {
  /** The kind of change. */
  readonly type: Type;
  /** The time (milliseconds since 1970). */
  readonly at: number;
}

/**
 * The changes that a table of their details makes: one type for each name in
 * it, which can be told apart by `type`.
 *
 * @typeParam Details What each change holds, by its name.
 * @typeParam Type The names.
 */
export type ChangeOf<
  Details extends object,
  Type extends keyof Details & string = keyof Details & string,
> = Type extends keyof Details ? ChangeFields<Type> & Details[Type] : never;
