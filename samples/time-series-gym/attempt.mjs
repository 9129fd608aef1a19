// One try: forecasts with a method, and the error of that method on the last values of the history, which it was not shown.
import { readFileSync } from 'node:fs';

const methods = {
  'last value': (y, m, h) => Array(h).fill(y.at(-1)),
  'last season': (y, m, h) => Array.from({ length: h }, (_, i) => y[y.length - m + (i % m)]),
  drift: (y, m, h) => Array.from({ length: h }, (_, i) => y.at(-1) + ((i + 1) * (y.at(-1) - y[0])) / (y.length - 1)),
  'holt-winters': bestHoltWinters,
};

// Additive seasons, smoothed exponentially; the first two seasons give the start.
function holtWinters(y, m, h, [alpha, beta, gamma]) {
  const mean = (from) => y.slice(from, from + m).reduce((a, b) => a + b, 0) / m;
  let [level, trend] = [mean(0), (mean(m) - mean(0)) / m];
  const seasons = y.slice(0, m).map((v) => v - level);
  let squares = 0;
  for (let t = m; t < y.length; t++) {
    const season = seasons[t % m];
    squares += (y[t] - level - trend - season) ** 2;
    const next = alpha * (y[t] - season) + (1 - alpha) * (level + trend);
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
    seasons[t % m] = gamma * (y[t] - level) + (1 - gamma) * season;
  }

  return { squares, forecast: Array.from({ length: h }, (_, i) => level + (i + 1) * trend + seasons[(y.length + i) % m]) };
}

// The weights of least squared one-step error on a grid.
function bestHoltWinters(y, m, h) {
  if (y.length < 2 * m) {
    throw new Error(`two seasons of ${m} values are needed, the history has ${y.length}`);
  }

  const grid = [0.05, 0.2, 0.4, 0.7];
  const fits = grid.flatMap((a) => grid.flatMap((b) => grid.map((g) => holtWinters(y, m, h, [a, b, g]))));
  return fits.reduce((best, fit) => (fit.squares < best.squares ? fit : best)).forecast;
}

const { history, season, horizon, method } = JSON.parse(readFileSync(0, 'utf8'));
try {
  const forecast = methods[method];
  if (!forecast) {
    throw new Error(`there is no method '${method}'; there are ${Object.keys(methods).join(', ')}`);
  }

  const held = Math.min(horizon, Math.floor(history.length / 3));
  const seen = history.slice(0, -held);
  const error = forecast(seen, season, held).reduce((sum, f, i) => sum + Math.abs(f - history[seen.length + i]), 0) / held;
  process.stdout.write(JSON.stringify({ method, program: String(forecast), error, forecast: forecast(history, season, horizon) }));
} catch (problem) {
  process.stderr.write(`attempt: ${problem.message}\n`);
  process.exitCode = 1;
}
