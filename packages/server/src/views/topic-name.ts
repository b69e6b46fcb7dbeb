/** A topic as it is written: its key is folded to lower case, but arXiv writes `cs.CV`. */

export function topicName(topic: string): string {
  const found = /^([a-z-]+)\.([a-z]{2})$/.exec(topic);
  return found ? `${found[1]}.${found[2]!.toUpperCase()}` : topic;
}
