import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routedApp } from "../app.ts";
import { csrfChecks } from "./csrf.checks.ts";
import { fieldChecks } from "./field.checks.ts";
import { headerChecks } from "./header.checks.ts";
import { leadChecks } from "./lead.checks.ts";
import { ownerChecks } from "./owner.checks.ts";
import { isRoute, nameOf, ROUTES } from "./route-table.ts";
import { openWorld, type World } from "./world.ts";

describe("every route of the site", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world?.close());

  it("stands in the table of routes, and the table has no other: a new route adds its line there", () => {
    const { routes } = routedApp(world.site.parts).app;
    const registered = [...new Set(routes.filter(isRoute).map(nameOf))].sort();
    expect(registered).toEqual([...new Set(ROUTES.map(nameOf))].sort());
    expect(ROUTES.length).toBe(new Set(ROUTES.map(nameOf)).size);
  });

  ownerChecks(() => world);
  csrfChecks(() => world);
  headerChecks(() => world);
  leadChecks(() => world);
  fieldChecks(() => world);
});
