/**
 * Which item each text of the libraries belongs to. The texts are numbered by themselves: they are about every ninth item,
 * in the order of the items, so the numbers agree for the first two only. Tags tell: of all ways to give the texts
 * ascending items, the one in which tags stand in their texts most often.
 */

const WORD_CHARS_MIN = 4;
/** Items that people gave many tags would fit any text: what fits is divided by (5 + tags) to this power. */
const TAGS_EXPONENT = 0.6;
/** A text is believed to belong to its item if so many of the item's tags stand in it. */
const TAGS_FOUND_MIN = 2;

/** @returns {number[]} item of each text, -1 where it is not sure */
export function alignTexts(texts, tags) {
  const count = Math.max(...tags.keys()) + 1;
  const words = texts.map(({ title, text }) => new Set(`${title} ${text}`.toLowerCase().match(/[a-z]+/g)));
  const items = bestAscending(words, itemsByWord(tags), tags, count);
  return items.map((item, at) => {
    const found = (tags.get(item) ?? []).filter((tag) => wordsOf(tag).some((word) => words[at].has(word)));
    return found.length >= TAGS_FOUND_MIN ? item : -1;
  });
}

const wordsOf = (tag) => tag.split(/[-_]+/).filter((word) => word.length >= WORD_CHARS_MIN);

function itemsByWord(tags) {
  const items = new Map();
  for (const [item, given] of tags) {
    for (const word of new Set(given.flatMap(wordsOf))) items.set(word, [...(items.get(word) ?? []), item]);
  }
  return items;
}

/** `best[n][m]`: how well the first n texts fit among the first m items. */
function bestAscending(words, byWord, tags, count) {
  const best = [new Float32Array(count + 1)];
  for (const [at, own] of words.entries()) {
    const fits = new Float32Array(count);
    for (const word of own) {
      const items = byWord.get(word) ?? [];
      for (const item of items)
        fits[item] += Math.log(count / items.length) / (5 + tags.get(item).length) ** TAGS_EXPONENT;
    }
    const row = new Float32Array(count + 1);
    for (let item = 0; item < count; item++) {
      row[item + 1] = Math.max(row[item], best[at][item + 1], best[at][item] + fits[item]);
    }
    best.push(row);
  }
  const items = words.map(() => -1);
  for (let text = words.length, item = count; text > 0 && item > 0; ) {
    if (best[text][item] === best[text][item - 1]) item--;
    else if (best[text][item] === best[text - 1][item]) text--;
    else items[--text] = --item;
  }
  return items;
}
