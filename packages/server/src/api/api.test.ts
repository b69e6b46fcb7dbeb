/** What the API answers, held against the contract its clients rely on. */
import type { IncomingRecord } from "@paperwire/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiItem, ApiPaperAnswer } from "./answers.ts";
import { type ApiUnderTest, BASE_URL, openApi } from "./testing.ts";

const ADA = { name: "ada", fullname: "Ada L." };

/** Three days of ten papers each: 26 to 28 March 2025, the paper at place `n` with `30 - n` upvotes. */
const RECORDS: IncomingRecord[] = ["2025-03-26", "2025-03-27", "2025-03-28"].flatMap((edition, day) =>
  Array.from({ length: 10 }, (_, at): IncomingRecord => {
    const id = `2503.0${day}${String(at).padStart(3, "0")}`;
    return {
      identifiers: [{ scheme: "arxiv", value: id }],
      facts: {
        title: `Paper ${at} of day ${day} about llamas`,
        abstract: "Llamas are patient animals. We measure them.",
        authors: [{ name: "Grace Hopper", claimedBy: "grace" }, { name: "Kimi Team" }],
        publishedAt: `2025-03-${20 + day}T17:59:51.000Z`,
        summary: { text: "Measures llamas.", source: "Example", generated: true, model: "some-model" },
        keywords: ["llamas"],
        categories: ["cs.CL"],
        organization: { name: "example", fullname: "Example Lab" },
        links: [
          { kind: "code", url: "https://github.com/example/llamas", stars: 7 },
          { kind: "project", url: "https://example.org/llamas" },
          { kind: "model", url: "https://huggingface.co/example/llama", label: "example/llama" },
          { kind: "demo", url: "https://huggingface.co/spaces/example/zoo", label: "example/zoo" },
        ],
      },
      entry: {
        edition,
        position: at + 1,
        submittedAt: `${edition}T08:00:00.000Z`,
        submittedBy: at % 2 === 0 ? ADA : { name: "bob", fullname: "Bob" },
        upvotes: day === 2 && at === 9 ? 0 : 30 - at - day,
        numComments: at,
      },
    };
  }),
);
const OUTSIDE: IncomingRecord = {
  identifiers: [{ scheme: "arxiv", value: "hep-th/9901001" }],
  facts: { title: "Old strings", publishedAt: "1999-01-01T00:00:00.000Z", unverified: ["published"] },
};

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi([...RECORDS, OUTSIDE]);
});
afterAll(() => api.close());

const items = async (path: string): Promise<ApiItem[]> => {
  const response = await api.get(path);
  expect(response.status).toBe(200);
  return (await response.json()) as ApiItem[];
};
const days = (list: ApiItem[]) => [...new Set(list.map((item) => item.publishedAt?.slice(0, 10)))];

test("the default list is the newest editions, by place within each", async () => {
  const list = await items("/api/daily_papers");
  expect(list).toHaveLength(30);
  expect(days(list)).toEqual(["2025-03-28", "2025-03-27", "2025-03-26"]);
  expect(list[0]!.id).toBe("2503.02000");
});

test("an item says its fields inside and outside, in the spellings clients read", async () => {
  const [item] = await items("/api/daily_papers?date=2025-03-28&limit=1");
  const repeated = {
    id: "2503.02000",
    title: "Paper 0 of day 2 about llamas",
    summary: "Llamas are patient animals. We measure them.",
    upvotes: 28,
    ai_summary: "Measures llamas.",
    ai_summary_model: "some-model",
    ai_keywords: ["llamas"],
    githubRepo: "https://github.com/example/llamas",
    githubStars: 7,
    projectPage: "https://example.org/llamas",
    source: "arxiv",
    organization: { name: "example", fullname: "Example Lab", avatar: "", avatarUrl: "" },
    submittedOnDailyAt: "2025-03-28T00:00:00.000Z",
  };
  expect(item).toMatchObject({
    ...repeated,
    publishedAt: "2025-03-28T00:00:00.000Z",
    submittedBy: { user: "ada", name: "ada", fullname: "Ada L.", type: "user" },
    numComments: 0,
  });
  expect(item!.paper).toMatchObject({ ...repeated, publishedAt: "2025-03-22T17:59:51.000Z" });
  expect(item!.paper.authors).toMatchObject([
    { name: "Grace Hopper", hidden: false, user: { user: "grace", name: "grace" }, status: "claimed_verified" },
    { name: "Kimi Team" },
  ]);
});

test("authors stand inside only: outside, the Python client would not make objects of them", async () => {
  expect((await items("/api/daily_papers?limit=1"))[0]).not.toHaveProperty("authors");
});

test("no upvotes are 0 in both places, never missing", async () => {
  const list = await items("/api/daily_papers?date=2025-03-28");
  expect(list.at(-1)).toMatchObject({ upvotes: 0, paper: { upvotes: 0 } });
});

test("ids of people and things are 24 hex digits, the same every time", async () => {
  const [first] = await items("/api/daily_papers?date=2025-03-28&limit=1");
  const [again] = await items("/api/daily_papers?date=2025-03-26&limit=1");
  expect(first!.submittedBy).toHaveProperty("_id", expect.stringMatching(/^[0-9a-f]{24}$/));
  expect(again!.submittedBy).toEqual(first!.submittedBy);
  expect(again!.paper.authors[0]).not.toEqual(first!.paper.authors[0]);
});

test.each([
  ["date=2025-03-27", ["2025-03-27"], 10],
  ["week=2025-W13", ["2025-03-28", "2025-03-27", "2025-03-26"], 30],
  ["month=2025-03", ["2025-03-28", "2025-03-27", "2025-03-26"], 30],
  ["month=2025-02", [], 0],
  ["date=2025-03-29", [], 0],
  ["date=2999-01-01", [], 0],
  ["date=2025-03-27&month=2024-01", ["2025-03-27"], 10],
  ["submitter=ada", ["2025-03-28", "2025-03-27", "2025-03-26"], 15],
  ["submitter=nobody", [], 0],
  ["date=2025-03-27&submitter=bob", ["2025-03-27"], 5],
  ["date=2025-03-27&p=100", [], 0],
  ["date=2025-03-27&p=3&limit=3", ["2025-03-27"], 1],
])("%s gives the days %j, %i papers", async (query, expected, count) => {
  const list = await items(`/api/daily_papers?${query}`);
  expect(days(list)).toEqual(expected);
  expect(list).toHaveLength(count);
});

test("trending without dates is the order of the trending page, page by page", async () => {
  const ids = (await items("/api/daily_papers?sort=trending&limit=100")).map((item) => item.id);
  const first = await (await api.get("/api/trending?window=month&limit=100")).json();
  expect(ids).toHaveLength(30);
  expect((first as { item: ApiItem }[]).map(({ item }) => item.id)).toEqual(ids);
  const second = (await items("/api/daily_papers?sort=trending&limit=10&p=1")).map((item) => item.id);
  expect(second).toEqual(ids.slice(10, 20));
});

test("trending tells the parts of each score, which add up, and reads any weights", async () => {
  const answer = await api.get("/api/trending?window=day&community=100&fresh=0&fields=cs.IR&limit=3");
  const papers = (await answer.json()) as { score: number; parts: { value: number }[] }[];
  expect(papers).toHaveLength(3);
  for (const { score, parts } of papers) expect(parts.reduce((sum, { value }) => sum + value, 0)).toBe(score);
  expect((await api.get("/api/trending?window=year")).status).toBe(400);
});

test("trending of a week is by upvotes", async () => {
  const votes = (await items("/api/daily_papers?sort=trending&week=2025-W13&limit=100")).map((item) => item.upvotes);
  expect(votes).toEqual([...votes].sort((a, b) => b - a));
  expect(votes).toHaveLength(30);
});

test("following the next link reads every paper once, and the last page has none", async () => {
  const seen: string[] = [];
  let path: string | undefined = "/api/daily_papers?limit=7&week=2025-W13";
  for (let page = 0; path !== undefined && page < 10; page++) {
    const response: Response = await api.get(path);
    seen.push(...((await response.json()) as ApiItem[]).map((item) => item.id));
    const next: string | undefined = /^<(.+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
    expect(next === undefined || next.startsWith(`${BASE_URL}/api/daily_papers?`)).toBe(true);
    path = next?.slice(BASE_URL.length);
  }
  expect(seen).toHaveLength(30);
  expect(new Set(seen).size).toBe(30);
});

test.each(["limit=30", "limit=10&p=2", "p=9"])(
  "a list that ends exactly at its limit has no next page: %s",
  async (query) => {
    expect((await api.get(`/api/daily_papers?week=2025-W13&${query}`)).headers.get("link")).toBeNull();
  },
);

test.each([
  "daily_papers?date=2025-13-40",
  "daily_papers?date=2025-10",
  "daily_papers?date=",
  "daily_papers?week=2025-W60",
  "daily_papers?week=2025-13",
  "daily_papers?month=2025-3",
  "daily_papers?sort=votes",
  "daily_papers?limit=0",
  "daily_papers?limit=101",
  "daily_papers?limit=ten",
  "daily_papers?p=-1",
  "daily_papers?p=1.5",
  "daily_papers?date=2025-03-27&date=2025-03-28",
  "papers/search?limit=121",
  `papers/search?q=${"a".repeat(251)}`,
  "papers?limit=101",
])("/api/%s is refused with a sentence", async (path) => {
  const response = await api.get(`/api/${path}`);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toMatch(/^[A-Z"].*[.]$|expected string/);
});

test("unknown parameters, tokens and agents change nothing", async () => {
  const plain = await items("/api/daily_papers?date=2025-03-27");
  const odd = await api.get("/api/daily_papers?date=2025-03-27&expand=x", {
    authorization: "Bearer hf_not_ours",
    "user-agent": "python-httpx/0.28",
  });
  expect(odd.status).toBe(200);
  expect(await odd.json()).toEqual(plain);
});

test("an endpoint that ends in a slash makes a doubled one, which counts as one", async () => {
  expect(await items("//api/daily_papers?date=2025-03-27")).toHaveLength(10);
  expect((await api.get("//api//papers/2503.02000")).status).toBe(200);
});

test("one paper is a paper object at the top level, with its repositories", async () => {
  const response = await api.get("/api/papers/2503.02003v2");
  const paper = (await response.json()) as ApiPaperAnswer;
  expect(paper).toMatchObject({
    id: "2503.02003",
    title: "Paper 3 of day 2 about llamas",
    numComments: 3,
    submittedOnDailyAt: "2025-03-28T00:00:00.000Z",
    submittedOnDailyBy: { user: "bob" },
    publishedAt: "2025-03-22T17:59:51.000Z",
    linkedModels: [{ id: "example/llama", author: "example", private: false }],
    numTotalModels: 1,
    linkedDatasets: [],
    numTotalDatasets: 0,
    linkedSpaces: [{ id: "example/zoo", repoType: "space" }],
    numTotalSpaces: 1,
  });
  expect(paper).not.toHaveProperty("comments");
});

test("comments come only when asked for", async () => {
  expect(await (await api.get("/api/papers/2503.02003?field=comments")).json()).toMatchObject({ comments: [] });
});

test("ids of the old kind, doubts and papers outside editions are served", async () => {
  const response = await api.get("/api/papers/hep-th/9901001");
  const paper = (await response.json()) as ApiPaperAnswer;
  expect(paper).toMatchObject({ id: "hep-th/9901001", unverified: ["published"], upvotes: 0, authors: [] });
  expect(paper).not.toHaveProperty("submittedOnDailyAt");
});

test.each(["1234.56789", "2503.99999", "nonsense", "a/b", "%FF"])("the unknown paper %s is a 404", async (id) => {
  const response = await api.get(`/api/papers/${id}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toHaveProperty("error");
});

test.each([
  "papers/%00",
  "papers?cursor=a%00b",
  "daily_papers?submitter=%00",
  "papers/search?q=%00",
  "arxiv/%00/repos",
])("a NUL in /api/%s is refused before a database sees it", async (path) => {
  expect((await api.get(`/api/${path}`)).status).toBe(400);
});

test("repositories of a paper are three lists, empty for one nobody knows", async () => {
  const known = (await (await api.get("/api/arxiv/2503.02003/repos")).json()) as Record<string, unknown[]>;
  expect([known.models, known.datasets, known.spaces].map((list) => list?.length)).toEqual([1, 0, 1]);
  const unknown = await api.get("/api/arxiv/1234.56789/repos");
  expect(unknown.status).toBe(200);
  expect(await unknown.json()).toEqual({ models: [], datasets: [], spaces: [] });
});

test("search finds by words and says where they are", async () => {
  const list = await items("/api/papers/search?q=patient+llamas&limit=2");
  expect(list).toHaveLength(2);
  expect(list[0]!.highlightedTitle).toContainEqual({ type: "highlight", text: "llamas" });
  expect(list[0]!.highlightedSummary!.map((part) => part.text).join("")).toContain("patient");
});

test("search by id puts that paper first", async () => {
  expect((await items("/api/papers/search?q=2503.01004"))[0]!.id).toBe("2503.01004");
});

test.each(["", "?q=", "?q=+++", "?q=%22&limit=1", "?q=)(*%26%5E%24&limit=3", "?q=-"])(
  "search%s never fails",
  async (query) => {
    expect(Array.isArray(await items(`/api/papers/search${query}`))).toBe(true);
  },
);

test("search without words gives the newest papers", async () => {
  const [first] = await items("/api/papers/search?limit=1");
  expect(first!.paper.publishedAt).toBe("2025-03-22T17:59:51.000Z");
});

test("all papers are listed once, newest first, through the cursor", async () => {
  const seen: ApiItem[] = [];
  let path: string | undefined = "/api/papers?limit=8";
  for (let page = 0; path !== undefined && page < 10; page++) {
    const response: Response = await api.get(path);
    seen.push(...((await response.json()) as ApiItem[]));
    path = /^<(.+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1]?.slice(BASE_URL.length);
  }
  expect(new Set(seen.map((item) => item.id)).size).toBe(31);
  expect(seen.at(-1)!.id).toBe("hep-th/9901001");
  expect(await items("/api/papers?cursor=unknown")).toEqual([]);
});

test("dates are written the one way the Python client can read", async () => {
  const text = await (await api.get("/api/daily_papers?limit=100")).text();
  const dates = [...text.matchAll(/"(?:publishedAt|submittedOnDailyAt)":("[^"]*"|null)/g)].map(([, value]) => value);
  expect(dates.length).toBeGreaterThan(100);
  for (const date of dates) expect(date).toMatch(/^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"$/);
});

test("a list costs the store one question however long it is", async () => {
  api.storeCalls();
  await items("/api/daily_papers?date=2025-03-28");
  expect(api.storeCalls()).toEqual(["listEntries"]);
  await items("/api/papers/search?q=llamas");
  expect(api.storeCalls()).toEqual(["listByIds"]);
  await items("/api/papers");
  expect(api.storeCalls()).toEqual(["listNewest"]);
});

test("the description names every route, and each parameter's bounds come from the schema that checks it", async () => {
  const response = await api.get("/.well-known/openapi.json");
  const description = (await response.json()) as {
    openapi: string;
    servers: unknown;
    paths: Record<string, { get: { parameters: { name: string; schema: object }[] } }>;
  };
  expect(description.openapi).toBe("3.1.0");
  expect(description.servers).toEqual([{ url: BASE_URL }]);
  expect(Object.keys(description.paths).sort()).toEqual([
    "/api/arxiv/{id}/repos",
    "/api/daily_papers",
    "/api/papers",
    "/api/papers/search",
    "/api/papers/submit",
    "/api/papers/{id}",
    "/api/papers/{id}/comment",
    "/api/papers/{id}/comment/{commentId}/reply",
    "/api/papers/{id}/upvote",
    "/api/trending",
    "/papers/{id}.md",
  ]);
  const limit = description.paths["/api/daily_papers"]!.get.parameters.find(({ name }) => name === "limit");
  expect(limit!.schema).toMatchObject({ type: "integer", minimum: 1, maximum: 100, default: 50 });
});
