/** The site over HTTP: pages for readers, Markdown for agents, health for operators. */
export { type AppOptions, createApp } from "./app.ts";
export type { ServerContext, SiteSettings } from "./context.ts";
export { hubPathsOf } from "./lists/hub-paths.ts";
export { createLooksCounter, type LooksCounter } from "./looks/count-looks.ts";
export type { PageVersion } from "./page-version.ts";
export { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";
