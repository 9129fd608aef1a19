// Sums the counters of all .trx files in a folder and prints 'N passed, N failed, N skipped'. Exits 1 when a test failed or none ran.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
let passed = 0, failed = 0, skipped = 0;
for (const name of readdirSync(folder).filter(n => n.endsWith('.trx'))) {
  for (const [, outcome] of readFileSync(join(folder, name), 'utf8').matchAll(/<UnitTestResult\b[^>]*\boutcome="([^"]+)"/g)) {
    if (outcome === 'Passed') passed++;
    else if (outcome === 'NotExecuted' || outcome === 'Skipped') skipped++;
    else failed++;
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
