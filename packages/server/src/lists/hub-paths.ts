/** Which feeds a hub is told of: those that it also stands in. */
import type { FeedForm } from "@paperwire/formats";
import { formUrl, topicUrl } from "../views/urls.ts";

const FORMS: readonly FeedForm[] = ["atom", "rss", "json"];

/** Paths of the feeds that change when papers on these topics do: the latest papers, and each topic. */
export function hubPathsOf(topics: readonly string[]): string[] {
  return ["/", ...topics.map(topicUrl)].flatMap((path) => FORMS.map((form) => formUrl(path, form)));
}
