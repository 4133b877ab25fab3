import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';

/**
 * Answers for every name server: says of each name that it does not exist, and writes the names that were asked for to stdout, one in
 * each line, once the command that it was given has ended. Ends with that command's exit code.
 */
const names = new Set<string>();
const server = createSocket('udp4');
server.on('message', (query, { port, address }) => {
  names.add(firstName(query));
  const answer = Buffer.from(query);
  // A response, recursion available, code 3: no such name.
  answer.writeUInt16BE(0x8183, 2);
  server.send(answer, port, address);
});
server.bind(53, '127.0.0.1', () => {
  const [command = '', ...args] = process.argv.slice(2);
  spawn(command, args, { stdio: ['ignore', 2, 2] }).on('close', (code) => {
    for (const name of names) process.stdout.write(`${name}\n`);
    process.exit(code ?? 1);
  });
});

/** The name of a query's first question: labels behind their lengths, after a header of 12 bytes. */
function firstName(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at]! > 0; at += query[at]! + 1)
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
  return labels.join('.');
}
