/** A small line without axes: how a number went. */

const WIDTH = 160;
const HEIGHT = 24;
const PAD = 2;

/** @param label  says in words what the line shows */
export function Sparkline({ points, label }: { points: readonly number[]; label: string }) {
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const x = (at: number) => PAD + (at * (WIDTH - 2 * PAD)) / Math.max(points.length - 1, 1);
  const y = (point: number) => HEIGHT - PAD - ((point - low) * (HEIGHT - 2 * PAD)) / Math.max(high - low, 1);
  const line = points.map((point, at) => `${x(at).toFixed(1)},${y(point).toFixed(1)}`).join(" ");
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
