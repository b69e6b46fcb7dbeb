/** Counts as people read them, and the word that goes with them. */

const grouped = new Intl.NumberFormat("en-GB");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 12,345 */
export const count = (value: number) => grouped.format(value);
/** 1.2k */
export const compact = (value: number) => short.format(value).toLowerCase();
/** 1 paper, 41 papers */
export const counted = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
