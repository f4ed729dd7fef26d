/** What every change holds. */
export interface ChangeFields<Type extends string> {
  /** What has changed. */
  readonly type: Type;
  /** When (milliseconds since 1970). */
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
