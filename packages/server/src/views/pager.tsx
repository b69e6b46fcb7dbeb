/** Earlier and later pages of a long list. */
import { count } from "./numbers.ts";

type Props = {
  page: number;
  perPage: number;
  total: number;
  /** The address of a page of the same list. */
  url(page: number): string;
};

export function Pager({ page, perPage, total, url }: Props) {
  const last = Math.ceil(total / perPage);
  if (last <= 1) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 && (
        <a href={url(Math.min(page - 1, last))} rel="prev">
          ← Previous page
        </a>
      )}
      <span>{page > last ? `The list ends with page ${count(last)}` : `Page ${count(page)} of ${count(last)}`}</span>
      {page < last && (
        <a href={url(page + 1)} rel="next">
          Next page →
        </a>
      )}
    </nav>
  );
}
