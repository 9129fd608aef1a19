// The grade of what is handed in: the try of least error on held-back values. A forecast of the wrong length, or without its program or report, is no
// submission and scores 0; else the score falls from 1 with the mean absolute scaled error (Hyndman and Koehler, 2006), which is 1 for "as last season".
import { readFileSync } from 'node:fs';

const { history, future, season, attempts, report } = JSON.parse(readFileSync(0, 'utf8'));
const best = attempts.reduce((a, b) => (b.error < a.error ? b : a));
const missing = [
  best.forecast.length === future.length && best.forecast.every(Number.isFinite) ? '' : 'forecast',
  best.program.trim() ? '' : 'program',
  report.trim() ? '' : 'report',
].filter(Boolean);
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const scale = mean(history.slice(season).map((y, t) => Math.abs(y - history[t])));
const mase = missing.includes('forecast') ? 1e9 : mean(future.map((y, t) => Math.abs(y - best.forecast[t]))) / scale;
const score = missing.length > 0 ? 0 : 1 / (1 + mase);
process.stdout.write(JSON.stringify({ method: best.method, score, mase, missing, report }));
