/** Where people go who take part: putting papers forward, and the desk for those who curate. */
import { atLeast } from "@paperwire/domain";
import type { Site } from "../site.ts";

export function ReaderLinks({ site: { reader } }: { site: Site }) {
  return (
    <>
      <a href="/submit" class="wide-only">
        Submit
      </a>
      {reader && atLeast(reader.role, "curator") && <a href="/desk">Desk</a>}
    </>
  );
}
