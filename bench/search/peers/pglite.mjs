/** PostgreSQL full text in PGlite: English configuration, GIN index, any word may match, ranked by ts_rank. */
import { join } from "node:path";
import { loadInstalled } from "./installed.mjs";

const SEARCH = `SELECT id FROM papers, (SELECT replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery AS asked) q
  WHERE words @@ asked ORDER BY ts_rank(words, asked, 1) DESC LIMIT 10`;

export async function openPeer(config) {
  const { PGlite } = loadInstalled(config, "@electric-sql/pglite");
  const database = await PGlite.create(join(config.folder, "data"));
  await database.exec("CREATE TABLE papers (id text NOT NULL, words tsvector NOT NULL)");
  return {
    add: (batch) =>
      database.query(
        "INSERT INTO papers SELECT id, to_tsvector('english', body) FROM unnest($1::text[], $2::text[]) AS t(id, body)",
        [batch.map(({ id }) => id), batch.map(({ title, text }) => `${title} ${text}`)],
      ),
    finish: async () => {
      // One by one: VACUUM may not stand in a transaction, and several statements in one call are one.
      for (const statement of ["CREATE INDEX ON papers USING gin (words)", "VACUUM ANALYZE papers", "CHECKPOINT"]) {
        await database.exec(statement);
      }
    },
    // Not the folder: an empty cluster has 40 MB, which says nothing about a document.
    bytesOnDisk: async () => Number((await database.query("SELECT pg_total_relation_size('papers') AS n")).rows[0].n),
    search: async (query) => (await database.query(SEARCH, [query])).rows.map((row) => row.id),
    close: () => database.close(),
  };
}
