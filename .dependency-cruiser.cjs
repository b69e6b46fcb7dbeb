/** The floor plan as forbidden arrows: whatever is not listed in `may` is an error, and so is any circle. */
const may = {
  domain: [],
  engine: [],
  formats: ["domain"],
  store: ["domain"],
  mail: ["domain"],
  ingest: ["domain", "store"],
  discovery: ["domain", "store", "engine"],
  accounts: ["domain", "store"],
  community: ["domain", "store"],
  server: ["domain", "store", "discovery", "accounts", "community", "formats", "mail"],
  cli: ["domain", "engine", "formats", "store", "mail", "ingest", "discovery", "accounts", "community", "server"],
};
const packages = Object.keys(may);

const arrows = packages.map((name) => ({
  name: `arrows-of-${name}`,
  comment: `${name} may use ${may[name].join(", ") || "no other package"}`,
  severity: "error",
  from: { path: `^packages/${name}/src/`, pathNot: "[.]test[.]tsx?$" },
  to: { path: `^packages/(${packages.filter((other) => other !== name && !may[name].includes(other)).join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "not-in-own-package-json",
      comment: "hoisting hides a dependency that the package itself does not list",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: "[.]test[.]tsx?$" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "not-resolvable", severity: "error", from: { pathNot: "[.]test[.]tsx?$" }, to: { couldNotResolve: true } },
    {
      name: "one-door",
      comment: "another package is entered by its exports, never by a path into its sources",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: {
        path: "^packages/([^/]+)/src/",
        pathNot: [
          "^packages/$1/",
          "/src/(index|testing|browser)[.]ts$",
          "^packages/engine/src/(node|eval)/index[.]ts$",
        ],
      },
    },
    {
      name: "only-store-speaks-sql",
      severity: "error",
      from: { path: "^packages/(?!store/)[^/]+/src/" },
      to: { path: "node_modules/(pg|kysely|@electric-sql)/" },
    },
    {
      name: "only-server-knows-http",
      severity: "error",
      from: { path: "^packages/(?!server/)[^/]+/src/" },
      to: { path: "node_modules/(hono|@hono|preact)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["/dist/", "[.]d[.]ts$"] },
    combinedDependencies: false,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["paperwire-source", "import", "node", "default"],
    },
  },
};
