/** Pictures that came with submissions, named by their content: the same picture is kept once. */
import type { AccountId } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export type StoredImage = { type: "image/png" | "image/jpeg"; width: number; height: number; bytes: Uint8Array };

/** `shown`: to everybody. Else it is hidden, and only moderators and those who sent it see it. */
export type FoundImage = StoredImage & { shown: boolean; senders: AccountId[] };

export async function addImage(trx: Database, image: StoredImage & { id: string }): Promise<void> {
  await sql`
    insert into images (id, type, width, height, bytes)
    values (${image.id}, ${image.type}, ${image.width}, ${image.height}, ${Buffer.from(image.bytes)})
    on conflict (id) do nothing`.execute(trx);
}

export async function findImage(database: Database, id: string): Promise<FoundImage | null> {
  const { rows } = await sql<FoundImage>`
    select type, width, height, bytes, exists (select 1 from submissions b where b.image_id = images.id) as shown,
      array(select b.account_id from submissions b where b.hidden_image_id = images.id and b.account_id is not null)
        as senders
    from images where id = ${id}`.execute(database);
  return rows[0] ?? null;
}

export async function dropUnusedImage(trx: Database, id: string | null): Promise<void> {
  if (id === null) return;
  await sql`
    delete from images where id = ${id} and not exists (
      select 1 from submissions b where b.image_id = images.id or b.hidden_image_id = images.id)`.execute(trx);
}
