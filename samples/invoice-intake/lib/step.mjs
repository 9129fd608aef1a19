// A step of the workflow: one JSON object of arguments on stdin, one JSON value on stdout.
import { fileURLToPath } from 'node:url';
import { realpathSync } from 'node:fs';

/** Runs `step` on stdin when `moduleUrl` is the script that was started; a wrong argument is said on stderr, exit code 1. */
export async function runAsStep(moduleUrl, step) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) {
    return;
  }

  let text = '';
  for await (const piece of process.stdin.setEncoding('utf8')) {
    text += piece;
  }

  try {
    process.stdout.write(JSON.stringify(step(JSON.parse(text))) + '\n');
  } catch (error) {
    process.stderr.write(`${process.argv[1]}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
