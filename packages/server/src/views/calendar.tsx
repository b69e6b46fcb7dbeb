/** A month of editions: each day that has one leads to it and says how many papers it holds. */
import {
  addMonths,
  type DateRange,
  type EditionDate,
  formatMonth,
  formatWeek,
  parseMonth,
  toUtcMs,
} from "@paperwire/domain";
import { longDay, longMonth, weeksOfMonth } from "./dates.ts";
import { counted } from "./numbers.ts";
import { editionUrl } from "./urls.ts";

type Props = {
  /** `2025-03` */
  month: string;
  days: readonly { date: EditionDate; papers: number }[];
  /** The day or week being looked at; null where it is the whole month. */
  selected: DateRange | null;
  today: EditionDate;
};

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export function Calendar({ month, days, selected, today }: Props) {
  const papers = new Map(days.map((day) => [day.date, day.papers]));
  const most = Math.max(1, ...papers.values());
  const later = addMonths(month, 1);
  return (
    <nav class="calendar" id="calendar" aria-label="Editions of the month">
      <table>
        <caption>
          <a href={editionUrl("month", addMonths(month, -1))} aria-label={longMonth(addMonths(month, -1))}>
            ‹
          </a>
          <a href={editionUrl("month", month)}>{longMonth(month)}</a>
          {later <= today.slice(0, 7) ? (
            <a href={editionUrl("month", later)} aria-label={longMonth(later)}>
              ›
            </a>
          ) : (
            <span aria-hidden="true">›</span>
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Week</span>
            </th>
            {WEEKDAYS.map((name) => (
              <th scope="col" abbr={name}>
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOfMonth(parseMonth(month)).map((week) => (
            <Week days={week} papers={papers} most={most} selected={selected} />
          ))}
        </tbody>
      </table>
    </nav>
  );
}

type WeekProps = {
  days: readonly (EditionDate | null)[];
  papers: ReadonlyMap<EditionDate, number>;
  most: number;
  selected: Props["selected"];
};

function Week({ days, papers, most, selected }: WeekProps) {
  const name = formatWeek(days.find((day) => day !== null)!);
  const held = days.some((day) => day !== null && papers.has(day));
  const label = String(Number(name.slice(6)));
  return (
    <tr>
      <th scope="row">
        {held ? (
          <a href={editionUrl("week", name)} title={`Week ${label}`}>
            {label}
          </a>
        ) : (
          label
        )}
      </th>
      {days.map((day) => (
        <Day day={day} papers={day === null ? 0 : (papers.get(day) ?? 0)} most={most} selected={selected} />
      ))}
    </tr>
  );
}

function Day({
  day,
  papers,
  most,
  selected,
}: Omit<WeekProps, "days" | "papers"> & { day: EditionDate | null; papers: number }) {
  if (day === null) return <td />;
  const number = new Date(toUtcMs(day)).getUTCDate();
  const inSelection = selected !== null && day >= selected.first && day <= selected.last;
  if (papers === 0) return <td class={inSelection ? "selected" : undefined}>{number}</td>;
  const single = inSelection && selected.first === selected.last;
  return (
    <td class={inSelection ? "selected" : undefined}>
      <a
        class={`level${Math.ceil((papers / most) * 4)}`}
        href={editionUrl("day", day)}
        title={`${longDay(day)}, ${counted(papers, "paper")}`}
        aria-current={single ? "date" : undefined}
      >
        {number}
        <span class="unseen"> {longMonth(formatMonth(day))}, </span>
        <small>
          {papers}
          <span class="unseen"> {papers === 1 ? "paper" : "papers"}</span>
        </small>
      </a>
    </td>
  );
}
