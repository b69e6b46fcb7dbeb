/** A small line without axes: how a number went over days. */

const WIDTH = 160;
const HEIGHT = 24;
const PAD = 2;

export type Point = { day: string; value: number };

/**
 * @param points  oldest first; they lie as far apart as their days
 * @param label   says in words what the line shows
 */
export function Sparkline({ points, label }: { points: readonly Point[]; label: string }) {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const days = points.map(({ day }) => Date.parse(day));
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
  const x = (at: number) => PAD + ((days[at]! - first) * (WIDTH - 2 * PAD)) / Math.max(last - first, 1);
  const y = (value: number) => HEIGHT - PAD - ((value - low) * (HEIGHT - 2 * PAD)) / Math.max(high - low, 1);
  const line = points.map(({ value }, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <polyline points={line} />
    </svg>
  );
}
