import fc from "fast-check";
import { expect, test } from "vitest";
import { findLinks, findPromise } from "./find-links.ts";

const urls = (text: string) => findLinks(text).map(({ kind, url }) => `${kind} ${url}`);

test.each([
  ["Code: https://github.com/a/b.", ["code https://github.com/a/b"]],
  ["(https://github.com/a/b), and [https://x.org/y].", ["code https://github.com/a/b", "project https://x.org/y"]],
  ["at https://github.com/a/b.git; see https://github.com/a/b", ["code https://github.com/a/b"]],
  ["at github.com/a/my_repo.", ["code https://github.com/a/my_repo"]],
  ["write to me@github.com/x or see x.github.com/a/b", []],
  [
    "https://huggingface.co/org/model and https://huggingface.co/datasets/org/data, https://huggingface.co/spaces/org/demo",
    [
      "model https://huggingface.co/org/model",
      "dataset https://huggingface.co/datasets/org/data",
      "demo https://huggingface.co/spaces/org/demo",
    ],
  ],
  [
    "https://zenodo.org/records/123 https://a.github.io/page/",
    ["dataset https://zenodo.org/records/123", "project https://a.github.io/page/"],
  ],
  ["https://en.wikipedia.org/wiki/Tree_(graph_theory))", ["project https://en.wikipedia.org/wiki/Tree_(graph_theory)"]],
  ["See https://github.com/owner/\nmy-repo for more", ["code https://github.com/owner/my-repo"]],
  ["at https://github.com/owner/my-\nrepo.", ["code https://github.com/owner/my-repo"]],
  ["Available at https://github.com/owner/ repo.", ["code https://github.com/owner/repo"]],
  ["Our group is https://github.com/owner/ We are many.", ["project https://github.com/owner/"]],
  ["https://user:secret@github.com/a/b http://", []],
  ["代码见 https://github.com/a/b。", ["code https://github.com/a/b"]],
  ["no address here", []],
])("in %j stand %j", (text, expected) => {
  expect(urls(text)).toEqual(expected);
});

test.each([
  ["We win. Code will be available at https://github.com/a/b.", "Code will be available at https://github.com/a/b."],
  [
    "Our source code and models will be publicly released soon.",
    "Our source code and models will be publicly released soon.",
  ],
  ["We will release our code and data upon acceptance. Bye.", "We will release our code and data upon acceptance."],
  ["Dataset coming soon!", "Dataset coming soon!"],
  ["The code is to be open-sourced.", "The code is to be open-sourced."],
  ["Code available upon publication", "Code available upon publication"],
  ["Code is available at https://github.com/a/b.", null],
  ["We release the code. The model will be large.", null],
  ["It is hard to teach models to be true to the context they are provided with.", null],
  ["The data will be noisy; a model is shared between tasks.", null],
  ["", null],
])("of %j the promise is %j", (text, promise) => {
  expect(findPromise(text)).toBe(promise);
});

test("whatever the text, what is found is an address that can be opened, and it is found soon", () => {
  const part = fc.constantFrom(
    "https://",
    "github.com/",
    "a",
    "/",
    "-",
    "\n",
    " ",
    ".",
    ")",
    "(",
    "code ",
    "will be ",
    "released",
    "!",
    "@",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      for (const { url } of findLinks(parts.join(""))) expect(URL.canParse(url)).toBe(true);
      findPromise(parts.join(""));
    }),
  );
  const begun = performance.now();
  for (const text of ["code will be ".repeat(5_000), "https://github.com/a/".repeat(3_000), `${"(".repeat(30_000)}`]) {
    findLinks(text);
    findPromise(text);
  }
  expect(performance.now() - begun).toBeLessThan(5_000);
});
