/**
 * A shape with every field there, all the way down. The contract marks fields
 * of answers as optional, but the server writes each of them, as null at least.
 */
export type Filled<T> = T extends readonly (infer Item)[]
  ? Filled<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Filled<Exclude<T[Key], undefined>> }
    : T
