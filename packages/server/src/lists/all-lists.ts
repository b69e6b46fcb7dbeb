/** Every list of papers: a line here gives an address its page, its Markdown, all its feeds and exports. */
import { collectionList } from "../collections/collection-list.tsx";
import { dayList, latestList, monthList, weekList } from "../pages/edition.tsx";
import { authorList, topicList } from "../pages/named-list.tsx";
import { searchList } from "../pages/search.tsx";
import { trendingList } from "../pages/trending.tsx";
import type { ListSource } from "./paper-list.ts";

export type ListRoute = {
  route: string;
  list: ListSource;
  /** What it lists and an address to copy, for people who look for a feed; absent for a second address of the same list. */
  about?: { text: string; example: string };
};

export const LISTS: readonly ListRoute[] = [
  { route: "/", list: latestList, about: { text: "The latest papers, over several editions", example: "/" } },
  { route: "/latest", list: latestList },
  { route: "/date/:date", list: dayList, about: { text: "One day’s edition", example: "/date/2025-03-28" } },
  {
    route: "/week/:week",
    list: weekList,
    about: { text: "The editions of a week, by upvotes", example: "/week/2025-W13" },
  },
  {
    route: "/month/:month",
    list: monthList,
    about: { text: "The editions of a month, by upvotes", example: "/month/2025-03" },
  },
  {
    route: "/trending",
    list: trendingList,
    about: {
      text: "Trending papers of a day, week or month, by weights of your own",
      example: "/trending?window=month",
    },
  },
  {
    route: "/topics/:word{.+}",
    list: topicList,
    about: { text: "Papers on a topic, newest first", example: "/topics/cs.CL" },
  },
  {
    route: "/authors/:name{.+}",
    list: authorList,
    about: { text: "Papers of an author", example: "/authors/Ada%20Example" },
  },
  {
    route: "/collections/:owner/:slug",
    list: collectionList,
  },
  {
    route: "/search",
    list: searchList,
    about: { text: "What a search finds, newest first", example: "/search?q=ranking" },
  },
];
