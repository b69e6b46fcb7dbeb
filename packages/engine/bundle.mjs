/** Before packing: puts what `index.js` offers into one small file for pages without a bundler. Needs `npm run build` first. */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const bundle = await rolldown({ input: path("dist/index.js") });
await bundle.write({ file: path("dist/browser.js"), format: "esm", minify: true });
