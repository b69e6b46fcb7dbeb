/**
 * SQLite FTS5 in Node: one contentless column, its Porter tokenizer, any word may match, ranked by its own bm25. It has
 * no stop words of its own, so they are left out of the queries, as whoever asks for any of the words would do.
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { analyzePlain } from "@paperwire/engine/eval";

export function openPeer(config) {
  const database = new DatabaseSync(join(config.folder, "index.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
  database.exec("CREATE VIRTUAL TABLE papers USING fts5(text, content='', tokenize='porter unicode61')");
  const insert = database.prepare("INSERT INTO papers(rowid, text) VALUES (?, ?)");
  const select = database.prepare("SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 10");
  const ids = [];
  return {
    add: (batch) => {
      database.exec("BEGIN");
      for (const { id, title, text } of batch) insert.run(ids.push(id), `${title} ${text}`);
      database.exec("COMMIT");
    },
    finish: () => database.exec("INSERT INTO papers(papers) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE)"),
    save: () => database.exec("VACUUM"),
    search: (query) => select.all(anyWord(query)).map((row) => ids[row.rowid - 1]),
    close: () => database.close(),
  };
}

function anyWord(query) {
  const words = (query.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => analyzePlain(word).length > 0);
  return words.length === 0 ? '""' : words.map((word) => `"${word}"`).join(" OR ");
}
