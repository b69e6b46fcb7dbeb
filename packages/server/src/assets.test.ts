import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadAssets } from "./assets.ts";

const folder = new URL("./assets/", import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

describe("assets", () => {
  it("name a file by its content", () => {
    const assets = loadAssets();
    expect(assets.url("site.css")).toMatch(/^\/assets\/site\.[0-9a-f]{10}\.css$/);
    expect(assets.find(assets.url("keyboard.js"))?.type).toContain("javascript");
    expect(assets.find("/assets/site.css")).toBeUndefined();
  });

  it("hold at most 15 kB of scripts, each under 100 lines", () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, name) => sum + read(name).length, 0)).toBeLessThanOrEqual(15_000);
    for (const name of scripts) expect(read(name).split("\n").length).toBeLessThan(100);
  });

  it("ask no other host for anything", () => {
    for (const name of readdirSync(folder)) {
      expect(read(name).replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/|@import|@font-face|url\(/);
    }
  });
});
