/** A part of a list and the length of the whole. */
export type Page<T> = { items: T[]; total: number };
export type PageRequest = { limit: number; offset: number };
