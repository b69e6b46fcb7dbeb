import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

const DAY = "2025-03-28";

describe("the ledger on the site", () => {
  let site: SiteUnderTest;
  beforeAll(async () => {
    site = await openSite([
      record("2503.00001", "First then", { entry: { edition: DAY, upvotes: 9, position: 1 } }),
      record("2503.00002", "Second then", { entry: { edition: DAY, upvotes: 3, position: 2 } }),
    ]);
  });
  afterAll(() => site.close());

  it("is empty in words while no edition has closed, and has no page for an open one", async () => {
    expect(await site.page("/ledger")).toContain("No edition has closed yet.");
    expect((await site.get(`/ledger/${DAY}`)).status).toBe(404);
    expect((await site.get("/ledger/yesterday")).status).toBe(404);
    expect(await site.page("/papers/2503.00002")).not.toContain("at publication");
  });

  it("shows an edition as it was, with words whose checksum anybody can recompute", async () => {
    await site.store.desk.closeOverdue("2025-03-31");
    await site.takeIn([record("2503.00002", "Second then", { entry: { edition: DAY, upvotes: 30, position: 2 } })]);
    const page = await site.page(`/ledger/${DAY}`);
    expect(page.indexOf("First then")).toBeLessThan(page.indexOf("Second then"));
    const content = await site.get(`/ledger/${DAY}/content.json`);
    const checksum = createHash("sha256")
      .update(await content.text())
      .digest("hex");
    expect(content.headers.get("x-checksum-sha256")).toBe(checksum);
    expect(page).toContain(checksum);
    expect(await site.page("/ledger")).toContain(checksum);
  });

  it("tells on the edition's page which papers have moved since, and of none where nothing closed", async () => {
    for (const path of [`/date/${DAY}`, "/"]) {
      const text = (await site.page(path)).replace(/<[^>]+>/g, "");
      expect(text).toContain("#2 at publication, #1 now, by votes alone");
      expect(text).toContain("#1 at publication, #2 now");
    }
    expect(await site.page("/week/2025-W13")).not.toContain("at publication");
  });

  it("tells on a paper's page where it stood then and stands now", async () => {
    const text = (await site.page("/papers/2503.00002")).replace(/<[^>]+>/g, "");
    expect(text).toContain("#2 of 2 on 28 March 2025 at publication, #1 now");
  });
});
