/** Every list of papers: a line here gives an address its page, its Markdown, all its feeds and exports. */
import { collectionList } from "../collections/collection-list.tsx";
import { dayList, latestList, monthList, weekList } from "../pages/edition.tsx";
import { authorList, topicList } from "../pages/named-list.tsx";
import { searchList } from "../pages/search.tsx";
import { trendingList } from "../pages/trending.tsx";
import type { ListRoute } from "./paper-list.ts";

export const LISTS: readonly ListRoute[] = [
  {
    route: "/",
    surface: "front",
    list: latestList,
    about: { text: "The latest papers, over several editions", example: "/" },
  },
  { route: "/latest", surface: "front", list: latestList },
  {
    route: "/date/:date",
    surface: "edition",
    list: dayList,
    about: { text: "One day’s edition", example: "/date/2025-03-28" },
  },
  {
    route: "/week/:week",
    surface: "edition",
    list: weekList,
    about: { text: "The editions of a week, by upvotes", example: "/week/2025-W13" },
  },
  {
    route: "/month/:month",
    surface: "edition",
    list: monthList,
    about: { text: "The editions of a month, by upvotes", example: "/month/2025-03" },
  },
  {
    route: "/trending",
    surface: "trending",
    list: trendingList,
    about: {
      text: "Trending papers of a day, week or month, by weights of your own",
      example: "/trending?window=month",
    },
  },
  {
    route: "/topics/:word{.+}",
    surface: "topic",
    list: topicList,
    about: { text: "Papers on a topic, newest first", example: "/topics/cs.CL" },
  },
  {
    route: "/authors/:name{.+}",
    surface: "author",
    list: authorList,
    about: { text: "Papers of an author", example: "/authors/Ada%20Example" },
  },
  {
    route: "/collections/:owner/:slug",
    surface: "collection",
    list: collectionList,
  },
  {
    route: "/search",
    surface: "search",
    list: searchList,
    about: { text: "What a search finds, newest first", example: "/search?q=ranking" },
  },
];
